"""The board that `deskbell.testing` has, by the name that tests know."""

from deskbell.testing.board import RememberedBoard

__all__ = ["RememberedBoard"]
