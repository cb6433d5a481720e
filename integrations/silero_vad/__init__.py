"""Silero voice activity detection in numpy, batched over every call of the process."""

from integrations.silero_vad.batch import SileroVad

__all__ = ["SileroVad"]
