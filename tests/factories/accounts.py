"""Accounts at other services, and calendars there."""

from uuid import UUID

from domain import calendars
from domain.calendars.service import NewLink
from domain.work import UnitOfWork
from integrations.oauth import Provider, Tokens
from plugins.connections import service

SOMEWHERE = Provider(
    name="somewhere",
    title="Somewhere",
    authorize_url="https://somewhere.example/allow",
    token_url="https://somewhere.example/token",
    client_id="deskbell",
    client_secret="secret",
    scopes=("calendar",),
)


async def own_connection(uow: UnitOfWork, mark: str) -> UUID:
    """A connected account, and somebody who is away to connect another."""
    await service.begin(uow, SOMEWHERE, f"/{mark}")
    tokens = Tokens(mark, mark, 3600, subject=mark, account=f"{mark}@somewhere.example")
    return (await service.keep(uow, SOMEWHERE, tokens)).id


async def own_calendar(uow: UnitOfWork, resource_id: UUID, mark: str) -> UUID:
    """A calendar elsewhere that is somebody's."""
    new = NewLink(resource_id, "caldav", f"https://somewhere.example/{mark}/", mark)
    return (await calendars.link(uow, new)).id
