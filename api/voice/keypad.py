"""Pressed keys, gathered into one answer."""

import asyncio
from collections.abc import Callable

END_KEY = "#"
# People look at their phone between digits.
GAP_SECONDS = 3.0


class Keypad:
    """Collects digits until `#`, or until nothing was pressed for a while."""

    __slots__ = ("_digits", "_gap", "_on_digits", "_timer")

    def __init__(self, on_digits: Callable[[str], None], gap: float = GAP_SECONDS) -> None:
        self._on_digits = on_digits
        self._gap = gap
        self._digits = ""
        self._timer: asyncio.TimerHandle | None = None

    @property
    def pressed(self) -> bool:
        """Whether digits are waiting for more."""
        return bool(self._digits)

    def press(self, digit: str) -> None:
        """Take one key."""
        self.close()
        if digit == END_KEY:
            self._finish()
            return
        self._digits += digit
        self._timer = asyncio.get_running_loop().call_later(self._gap, self._finish)

    def close(self) -> None:
        """Stop waiting."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _finish(self) -> None:
        digits, self._digits = self._digits, ""
        if digits:
            self._on_digits(digits)
