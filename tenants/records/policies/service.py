"""Publishing an edition, and accepting it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.errors import Forbidden
from domain.privacy.policy import OperatorProfile
from domain.scope import ActorKind
from domain.words import fitting
from domain.work import UnitOfWork
from tenants.records.policies.errors import NoticeTooShort, VersionTaken
from tenants.records.policies.events import EditionAccepted
from tenants.records.policies.models import (
    Document,
    Manner,
    PolicyAcceptance,
    PolicyEdition,
)
from tenants.records.policies.repository import PolicyAcceptances, PolicyEditions

ACCOUNT = "account:write"
LONGEST_VERSION, LONGEST_SUMMARY, LONGEST_TEXT = 40, 4_000, 200_000


@dataclass(frozen=True)
class NewEdition:
    """A version of a document, and what is new in it."""

    document: Document
    version: str
    summary: str
    text: str
    applies_from: datetime


async def publish(uow: UnitOfWork, new: NewEdition, profile: OperatorProfile) -> PolicyEdition:
    """Publish a version; its first readers may begin with it at once.

    Raises `NoticeTooShort`, `VersionTaken` and `InvalidInput`.
    """
    editions = PolicyEditions(uow)
    earliest = profile.notice_of_change.after(uow.now)
    changes = await editions.in_force(new.document, uow.now) is not None
    if changes and new.applies_from < earliest:
        raise NoticeTooShort(earliest)
    async with editions.refusing(policy_edition_key=VersionTaken(new.version)):
        return await editions.insert(
            id=uow.new_id(),
            document=new.document,
            version=fitting("version", new.version, LONGEST_VERSION),
            summary=fitting("summary", new.summary, LONGEST_SUMMARY),
            text=fitting("text", new.text, LONGEST_TEXT),
            published_at=uow.now,
            applies_from=new.applies_from,
        )


async def accept(uow: UnitOfWork, edition_id: UUID) -> PolicyAcceptance:
    """Accept an edition, for oneself; a second time changes nothing. Raises `NotFound`."""
    uow.require(ACCOUNT)
    return await _accept(uow, edition_id, _person(uow), Manner.EXPRESS)


async def accept_version(uow: UnitOfWork, document: Document, version: str) -> PolicyEdition:
    """Accept the version of a document that one has read, for oneself. Raises `NotFound`."""
    uow.require(ACCOUNT)
    edition = await PolicyEditions(uow).named(document, version)
    await accept(uow, edition.id)
    return edition


async def accept_by_use(uow: UnitOfWork, user_id: UUID) -> list[PolicyAcceptance]:
    """Put on record that somebody goes on under what is in force and was announced before."""
    found = [await PolicyEditions(uow).in_force(document, uow.now) for document in Document]
    return [
        await _accept(uow, edition.id, user_id, Manner.CONTINUED_USE)
        for edition in found
        if edition is not None
    ]


async def _accept(
    uow: UnitOfWork, edition_id: UUID, user_id: UUID, manner: Manner
) -> PolicyAcceptance:
    edition, acceptances = await PolicyEditions(uow).get(edition_id), PolicyAcceptances(uow)
    known = await acceptances.of(edition.id, user_id)
    if known is not None:
        return known
    row = await acceptances.add(edition_id=edition.id, user_id=user_id, manner=manner, at=uow.now)
    uow.record(EditionAccepted(policy_acceptance_id=row.id, edition_id=edition.id, manner=manner))
    return row


def _person(uow: UnitOfWork) -> UUID:
    if uow.scope.actor.kind is not ActorKind.MEMBER:
        raise Forbidden("Only a person accepts something, and only for themselves")
    return UUID(uow.scope.actor.id)
