"""Being let in at services of others: by a token, which is renewed in one way."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from domain.outgoing import Fetched

A = TypeVar("A", bound=Fetched)
E = TypeVar("E", bound="Entrance")
E_co = TypeVar("E_co", bound="Entrance", covariant=True)

REFUSED = 401


class Entrance(Protocol):
    """What lets one request in, and where."""

    @property
    def token(self) -> str:
        """A token that is good now."""

    @property
    def api(self) -> str:
        """Where the account is asked."""


class Access(Protocol[E_co]):
    """Whoever has tokens of an account."""

    async def enter(self, refused: str = "") -> E_co:
        """What lets the next request in; with a fresh token, if this one was `refused`."""

    async def lapse(self, token: str) -> None:
        """A token that was made just now is refused: somebody has to allow it again."""


async def let_in(access: Access[E], send: Callable[[E], Awaitable[A]]) -> A:
    """Send a request; a token that is refused is renewed once.

    Whoever connected the account may have done so just now. Raises as `Access` does.
    """
    entrance = await access.enter()
    answer = await send(entrance)
    if answer.status != REFUSED:
        return answer
    entrance = await access.enter(refused=entrance.token)
    answer = await send(entrance)
    if answer.status == REFUSED:
        await access.lapse(entrance.token)
    return answer
