"""What happens to sandboxes, as the business beside them sees it."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class SandboxEvent(Event):
    """Something that happened to the sandbox of a business."""

    aggregate: ClassVar[str] = "sandbox_id"
    sandbox_id: UUID


@dataclass(frozen=True, kw_only=True)
class SandboxCreated(SandboxEvent):
    """There is a place to try things out."""

    name: ClassVar[str] = "sandbox.created"


@dataclass(frozen=True, kw_only=True)
class SandboxRenewed(SandboxEvent):
    """Everything in it was forgotten, and the profile copied anew."""

    name: ClassVar[str] = "sandbox.renewed"


@dataclass(frozen=True, kw_only=True)
class SandboxDeleted(SandboxEvent):
    """It is gone, with everything in it and its keys."""

    name: ClassVar[str] = "sandbox.deleted"
