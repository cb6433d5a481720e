"""Several recipients of one plugin: each is delivered to on its own.

A recipient's deliveries go under the name of the handler, a slash and the recipient's own name, so
that each has an order, attempts and an end of its own.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient


class Recipient(Protocol):
    """Somebody to be told of some events of one tenant."""

    @property
    def tenant_id(self) -> UUID:
        """Whose events."""

    @property
    def name(self) -> str:
        """What tells this recipient from others of the tenant; at most 60 characters."""

    def wants(self, event: str, key: str) -> bool:
        """Whether to tell of an event, by its name and the id of its aggregate."""


FindRecipients = Callable[[BaseDBAsyncClient, list[UUID]], Awaitable[Sequence[Recipient]]]
"""Finds the recipients of some tenants. Called by the relay, which sees every tenant."""


@dataclass(frozen=True)
class Addressed:
    """A recipient and the handler that is to reach it."""

    handler: str
    recipient: Recipient

    @property
    def delivery_name(self) -> str:
        """The name under which its deliveries are stored."""
        return delivery_name(self.handler, self.recipient.name)


def delivery_name(handler: str, recipient: str) -> str:
    """The name of the deliveries of a handler to one recipient."""
    return f"{handler}/{recipient}"
