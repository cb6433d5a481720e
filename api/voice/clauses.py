"""Replies cut into clauses, so that the first can be heard while the rest is synthesised."""

import re
from dataclasses import dataclass

_CLAUSE = re.compile(r".+?(?:[.!?;:,]+(?=\s|$)|$)", re.DOTALL)
# Shorter pieces sound chopped: "Yes, of course" stays together.
_LEAST_CHARACTERS = 16


@dataclass
class Clause:
    """A piece of speech on its way to the caller."""

    number: int
    text: str
    interruptible: bool
    frames: int = 0
    played: int = 0
    complete: bool = False
    """Whether all of its audio was sent."""

    @property
    def finished(self) -> bool:
        """Whether it was heard to its end."""
        return self.complete and self.played >= self.frames

    def split(self) -> tuple[str, str]:
        """The words heard and the words not heard, judged by the share of audio played."""
        if self.finished:
            return self.text, ""
        words = self.text.split()
        share = self.played / self.frames if self.frames else 0
        heard = int(len(words) * share)
        return " ".join(words[:heard]), " ".join(words[heard:])


def clauses(text: str) -> list[str]:
    """Cut at punctuation, but never shorter than a breath."""
    pieces: list[str] = []
    for piece in (match.strip() for match in _CLAUSE.findall(text)):
        if pieces and len(pieces[-1]) < _LEAST_CHARACTERS:
            pieces[-1] = f"{pieces[-1]} {piece}".strip()
        elif piece:
            pieces.append(piece)
    return pieces
