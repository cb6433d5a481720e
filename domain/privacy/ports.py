"""Who else keeps personal data, and what they are asked for: the port of every such plugin."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

LONGEST_NOTE = 200


@dataclass(frozen=True)
class Receipt:
    """What somebody says of a request; it holds no personal data, for it is kept."""

    rows: int = 0
    """How many rows, files or records it was about."""
    note: str = ""
    """What remains, and why: a reference or a rule, never a name."""
    complete: bool = True
    """Whether nothing is left to be done."""


class PersonalData(Protocol):
    """A plugin's answer for what it keeps of people elsewhere.

    Nobody is named but by the contact's id: by the time of an erasure nothing else is left, so a
    plugin keeps note of what it made for whom. Every method may be called more than once, and
    raises when the other side fails: it is called again. The context is that of a handler.
    """

    async def export(self, contact_id: UUID, context: Any) -> Mapping[str, Any]:
        """Everything that is kept of somebody, as JSON."""

    async def rectify(self, contact_id: UUID, context: Any) -> Receipt:
        """Take over what was corrected."""

    async def restrict(self, contact_id: UUID, context: Any) -> Receipt:
        """Use nothing of somebody from now on, and keep it."""

    async def erase(self, contact_id: UUID, context: Any) -> Receipt:
        """Delete everything of somebody."""
