"""Calls to the world outside, and the rule that none happens inside a unit of work.

A transaction that waits for a vendor holds locks for as long as the vendor likes. So: read, close,
call the port, open, write and re-check.
"""

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_inside: ContextVar[bool] = ContextVar("inside_unit_of_work", default=False)


class PortInsideTransaction(RuntimeError):
    """The code called somebody outside while it held a transaction open."""


@contextmanager
def transaction_guard() -> Iterator[None]:
    """Mark that a unit of work is open here."""
    token = _inside.set(True)
    try:
        yield
    finally:
        _inside.reset(token)


def port(call: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, Coroutine[Any, Any, R]]:
    """Mark a coroutine function that leaves the process: it refuses to run in a transaction."""

    @wraps(call)
    async def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        leave()
        return await call(*args, **kwargs)

    return guarded


def is_inside() -> bool:
    """Whether a unit of work is open here."""
    return _inside.get()


def leave() -> None:
    """Raise `PortInsideTransaction` if a unit of work is open here."""
    if _inside.get():
        raise PortInsideTransaction("Close the unit of work before calling outside")
