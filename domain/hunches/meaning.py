"""What a sentence means, as numbers: from an encoder that the deployment brings, if it has one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

# As much as the n-grams read too; a rant must not cost more than a sentence.
LONGEST = 400


class Encoder(Protocol):
    """Sentences that mean the same, in whatever language, become numbers that are alike."""

    def encode(self, text: str) -> Sequence[float]:
        """A vector of length one; the same for the same text. Takes some milliseconds."""


@dataclass
class _Brought:
    encoder: Encoder | None = None


_BROUGHT = _Brought()


def use_encoder(encoder: Encoder | None) -> None:
    """Which encoder this process has; without one the n-grams decide alone."""
    _BROUGHT.encoder = encoder


def encoded(text: str) -> Sequence[float] | None:
    """The numbers of a sentence; None where no encoder was brought."""
    encoder = _BROUGHT.encoder
    return None if encoder is None else encoder.encode(beginning(text))


def beginning(text: str) -> str:
    """As much of a text as is encoded."""
    return text[:LONGEST]
