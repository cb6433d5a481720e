"""Whom an event is about, as far as the ids in it tell."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.calls.repository import Calls
from domain.contacts.repository import Contacts
from domain.conversations.repository import Conversations
from domain.errors import NotFound
from domain.keyring.errors import KeyDestroyed
from domain.work import UnitOfWork


@dataclass(frozen=True)
class About:
    """The person, the conversation, and the key under which what is said of them is sealed."""

    contact_id: UUID | None
    conversation_id: UUID | None
    sealed_under: UUID


async def about(uow: UnitOfWork, payload: dict[str, Any]) -> About:
    """The person of an event; without one, its conversation's key or the tenant's own."""
    contact, conversation = _id(payload, "contact_id"), _id(payload, "conversation_id")
    call = _id(payload, "call_id")
    try:
        if conversation is None and call is not None:
            conversation = (await Calls(uow).get(call)).conversation_id
        if conversation is not None:
            talk = await Conversations(uow).get(conversation)
            contact = contact or talk.contact_id
        if contact is not None:
            await Contacts(uow).get(contact)
    except (NotFound, KeyDestroyed):
        # What is gone names nobody any more, and there will be no other key of it.
        return About(None, None, uow.tenant_id)
    return About(contact, conversation, contact or conversation or uow.tenant_id)


def _id(payload: dict[str, Any], name: str) -> UUID | None:
    value = payload.get(name)
    return UUID(value) if isinstance(value, str) else None
