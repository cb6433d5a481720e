"""A plugin that notes what it is told."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, SecretStr

from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.manifest import Category, Manifest
from plugins.spec import Subscribe, hookimpl
from tests.fakes.happenings import Happened


class FakeSettings(BaseModel):
    clinic: str = "Main Street"
    api_key: SecretStr = SecretStr("")
    limit: int = 3


class FakePlugin:
    """Subscribes to `Happened`; `seen` holds `(number, clinic, delivery_id)`; `act` may be set."""

    def __init__(self, timeout: float = 10.0, **says: Any) -> None:
        """`says` is what its manifest says otherwise."""
        self.says = says
        self.timeout = timeout
        self.seen: list[tuple[int, str, Any]] = []
        self.act: Callable[[], Awaitable[Any]] | None = None
        self.contexts: list[Any] = []

    @hookimpl
    def plugin_manifest(self) -> Manifest:
        usual = Manifest(
            name="fake",
            title="Fake",
            summary="Notes what it is told",
            version="1",
            category=Category.CHANNEL,
            settings=FakeSettings,
            permissions=frozenset({"messages:read"}),
            data=frozenset({DataClass.INQUIRY}),
            purpose=Purpose.SERVICE,
        )
        return replace(usual, **self.says)

    @hookimpl
    def register_event_handlers(self, subscribe: Subscribe) -> None:
        subscribe(Happened, self.note, timeout=self.timeout)

    async def note(self, event: Happened, context: Any) -> None:
        self.contexts.append(context)
        if self.act is not None:
            await self.act()
        self.seen.append((event.number, context.settings.clinic, context.delivery_id))
