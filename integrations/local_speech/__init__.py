"""Embedded speech: Whisper listens and Piper speaks, on this machine, without a network.

`fetch.py` is imported by name where an operator asks for it: inference needs no HTTP client.
"""

from integrations.local_speech.settings import LocalSpeechSettings
from integrations.local_speech.speech import LocalSpeech, SpeechHealth
from integrations.local_speech.store import ModelStore, WeightsMissing

__all__ = [
    "LocalSpeech",
    "LocalSpeechSettings",
    "ModelStore",
    "SpeechHealth",
    "WeightsMissing",
]
