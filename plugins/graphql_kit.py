"""What every GraphQL field is made with, ours and a plugin's alike.

A mutation field runs in one unit of work, closed before its payload's children resolve. Queries
and children share one read-only unit of work, opened when somebody first asks for it and closed
after execution.
"""

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

import strawberry
from strawberry.extensions import FieldExtension

from domain.errors import InvalidInput, Unauthenticated
from domain.idempotency import ShownOnce, earlier_answer, remember_answer
from domain.repository import Repository
from domain.scope import Scope
from domain.tenancy import TenantModel
from domain.work import UnitOfWork, UnitsOfWork

LONGEST_KEY = 200

log = logging.getLogger(__name__)

A = TypeVar("A")
T = TypeVar("T", bound=TenantModel)


@strawberry.interface
class UserError:
    """A failure that the caller can act on."""

    message: str = strawberry.field(description="What happened, in words for people.")
    code: str = strawberry.field(description="What happened, in a word for programs.")
    path: str | None = strawberry.field(
        default=None, description="The input field to look at, if it is one."
    )


class Reading:
    """A read-only unit of work that opens on first use, in a task of its own.

    Resolvers run in many tasks, but a transaction must be entered and left by one.
    """

    def __init__(self, unit_of_work: UnitsOfWork, scope: Scope) -> None:
        self._unit_of_work = unit_of_work
        self._scope = scope
        self._opened: asyncio.Future[UnitOfWork] | None = None
        self._finished = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def uow(self) -> UnitOfWork:
        """The unit of work; the first to ask opens it."""
        if self._opened is None:
            self._opened = asyncio.get_running_loop().create_future()
            self._task = asyncio.create_task(self._hold(self._opened))
        # One impatient resolver must not cancel the wait of all the others.
        return await asyncio.shield(self._opened)

    async def close(self) -> None:
        """Give the connection back; nothing happens if it was never taken.

        Raises what kept that which was seen off the record: then nothing of it may leave.
        """
        self._finished.set()
        if self._task is None or self._opened is None:
            return
        [ended] = await asyncio.gather(self._task, return_exceptions=True)
        if ended is None:
            return
        if self._opened.result().traces:
            raise ended
        # What was read has been read: a failure to end well changes no answer.
        log.warning("A read-only unit of work ended badly", exc_info=ended)

    async def _hold(self, opened: asyncio.Future[UnitOfWork]) -> None:
        try:
            async with self._unit_of_work(self._scope, read_only=True) as uow:
                opened.set_result(uow)
                await self._finished.wait()
        except Exception as failure:
            if opened.done():
                raise
            opened.set_exception(failure)


class Operation:
    """One GraphQL operation: who asks, and the units of work that answer."""

    def __init__(self, unit_of_work: UnitsOfWork, scope: Scope | None) -> None:
        self.unit_of_work = unit_of_work
        self.asked_by = scope
        self._reading: Reading | None = None
        self._writing: UnitOfWork | None = None

    @property
    def scope(self) -> Scope:
        """Who asks. Raises `Unauthenticated` if nobody is signed in."""
        if self.asked_by is None:
            raise Unauthenticated("Sign in first")
        return self.asked_by

    @property
    def uow(self) -> UnitOfWork:
        """The unit of work of the mutation field that is running."""
        if self._writing is None:
            raise RuntimeError("This field is not InUnitOfWork")
        return self._writing

    def admit(self, permission: str, *, ends_access: bool = False) -> None:
        """The door of a field: raise `Forbidden` to whoever may not. What is behind asks again."""
        self.scope.require(permission, ends_access=ends_access)

    async def read(self, permission: str) -> UnitOfWork:
        """The read-only unit of work, for those who may. Raises `Forbidden`."""
        self.scope.require(permission)
        if self._reading is None:
            self._reading = Reading(self.unit_of_work, self.scope)
        return await self._reading.uow()

    async def write(self, deed: Callable[[], Awaitable[Any]], scope: Scope | None = None) -> Any:
        """Do something in a unit of work of its own, and commit it; `scope` is whoever asks."""
        # A request that held two connections could starve others of their second one.
        await self.close()
        async with self.unit_of_work(scope or self.scope) as uow:
            self._writing = uow
            try:
                return await deed()
            finally:
                self._writing = None

    async def close(self) -> None:
        """Close what was opened for reading."""
        reading, self._reading = self._reading, None
        if reading is not None:
            await reading.close()


class Needs(FieldExtension):
    """Declares the permission of a field, and asks for it before the field does anything.

    What ends somebody's access is open too where the business is not served.
    """

    def __init__(self, permission: str, *, ends_access: bool = False) -> None:
        self.permission = permission
        self.ends_access = ends_access

    def resolve(
        self, next_: Callable[..., Any], source: Any, info: strawberry.Info, **kwargs: Any
    ) -> Any:
        """Let through whoever may. Raises `Forbidden`, and `Unauthenticated`."""
        info.context.admit(self.permission, ends_access=self.ends_access)
        return next_(source, info, **kwargs)

    async def resolve_async(
        self, next_: Callable[..., Any], source: Any, info: strawberry.Info, **kwargs: Any
    ) -> Any:
        """The same for a field that waits, or streams."""
        info.context.admit(self.permission, ends_access=self.ends_access)
        resolved = next_(source, info, **kwargs)
        return await resolved if inspect.isawaitable(resolved) else resolved


class InUnitOfWork(FieldExtension):
    """One mutation field is one transaction."""

    async def resolve_async(
        self, next_: Callable[..., Any], source: Any, info: strawberry.Info, **kwargs: Any
    ) -> Any:
        """Open, resolve, commit; an error rolls everything back."""
        operation: Operation = info.context
        return await operation.write(lambda: next_(source, info, **kwargs))


async def once(
    info: strawberry.Info[Any, Any],
    input: Any,
    repository: type[Repository[T]],
    deed: Callable[[], Awaitable[T]],
) -> T:
    """Do something once per `idempotencyKey`; the same request again gets the same row back.

    Raises `KeyReused`, `InProgress`, and `InvalidInput` for a key that cannot be kept.
    """

    async def again(kept: str) -> T:
        return await repository(info.context.uow).get(UUID(kept))

    return await answered_once(info, input, deed, Memory(lambda row: str(row.id), again))


@dataclass(frozen=True)
class Memory(Generic[A]):
    """How an answer is kept, as JSON, and given again."""

    kept: Callable[[A], Any]
    again: Callable[[Any], Awaitable[A]]


async def answered_once(
    info: strawberry.Info[Any, Any],
    input: Any,
    deed: Callable[[], Awaitable[A]],
    memory: Memory[A],
) -> A:
    """The same for a deed that is answered with something else than a row."""
    uow, key = info.context.uow, input.idempotency_key
    if key is None:
        return await deed()
    if not 0 < len(key) <= LONGEST_KEY:
        raise InvalidInput.at("idempotencyKey", f"Use 1 to {LONGEST_KEY} characters")
    body = {"field": info.field_name, "input": asdict(input)}
    earlier = await earlier_answer(uow, key, body)
    if earlier is not None:
        return await memory.again(earlier)
    answer = await deed()
    await remember_answer(uow, key, memory.kept(answer))
    return answer


async def shown_once(
    info: strawberry.Info[Any, Any],
    input: Any,
    deed: Callable[[], Awaitable[A]],
    id_of: Callable[[A], str],
) -> A:
    """The same for a deed that shows a secret, of which nothing is kept.

    The same request again makes no second one. Raises `ShownOnce`, with the id of the first.
    """

    async def again(kept: str) -> A:
        raise ShownOnce(kept)

    return await answered_once(info, input, deed, Memory(id_of, again))
