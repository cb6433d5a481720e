"""What happens because something happened: how handlers and jobs look, and where they are.

A feature reacts to events in `handlers.py` (`HANDLERS = ((CallEnded, summarise), …)`) and does
things later in `jobs.py` (`JOBS = (remind, …)`); `uow.schedule("appointments.remind", …)` names a
job by its feature and function. Both are async functions that take an event, or a timer's payload,
and a context. They may be called more than once; what they do inside `context.settle()` is done
once. Each says what for (`@serves(Purpose.SCHEDULING)`): whatever has no purpose does not run.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any, Protocol, TypeVar
from uuid import UUID

import domain
from domain.events import Event
from domain.messages.ports import Mailer
from domain.privacy.purposes import Purpose
from domain.scope import TenantFacts
from domain.work import UnitOfWork

# Where a function keeps what `serves` said of it; a bound method shows its function's.
_PURPOSE = "purpose"


class HandlerContext(Protocol):
    """What a handler is given beside the event."""

    @property
    def tenant(self) -> TenantFacts:
        """The business it is about."""

    @property
    def tenant_id(self) -> UUID:
        """Its id."""

    @property
    def delivery_id(self) -> UUID:
        """The same at every attempt: the idempotency key of effects outside."""

    @property
    def mailer(self) -> Mailer:
        """Whoever carries its letters."""

    def unit_of_work(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A unit of work of its own, committed whatever becomes of the delivery."""

    def settle(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """The unit of work in which the delivery counts as done: its effect happens once."""


HandlerFunction = Callable[[Any, Any], Awaitable[None]]
F = TypeVar("F", bound=Callable[..., Any])


def serves(purpose: Purpose) -> Callable[[F], F]:
    """Say why a handler, job or clock's job works on data."""

    def declare(function: F) -> F:
        setattr(function, _PURPOSE, purpose)
        return function

    return declare


def purpose_of(function: Callable[..., Any]) -> Purpose | None:
    """Why a function works on data; None where nobody has said."""
    purpose: Purpose | None = getattr(function, _PURPOSE, None)
    return purpose


def event_handlers() -> tuple[tuple[type[Event], HandlerFunction], ...]:
    """What every feature does about events, as `(event, function)`."""
    return declared("handlers")


def jobs() -> tuple[HandlerFunction, ...]:
    """What every feature can be asked to do later."""
    return declared("jobs")


def declared(kind: str) -> tuple[Any, ...]:
    """What every feature declares in a module of its own: `HANDLERS` in `handlers`, and so on."""
    return tuple(each for feature in features() for each in _declared(feature, kind))


def features() -> list[str]:
    """The names of the folders of `domain`, in order."""
    return sorted(found.name for found in iter_modules(domain.__path__) if found.ispkg)


def _declared(feature: str, kind: str) -> tuple[Any, ...]:
    name = f"domain.{feature}.{kind}"
    if find_spec(name) is None:
        return ()
    declared: tuple[Any, ...] = getattr(import_module(name), kind.upper())
    return declared
