"""Every event there is, wherever it is declared."""

from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import domain
import plugins
import tenants
from domain import events
from domain.events import Event


@cache
def every_event() -> tuple[type[Event], ...]:
    """The events of every room and of each folder in it, by name and version."""
    for room in (domain, tenants, plugins):
        for module in _where_events_are(room):
            import_module(module)
    return tuple(events.declared())


def _where_events_are(room: ModuleType) -> list[str]:
    """The modules of a room, however deep, that declare events."""
    root = Path(room.__path__[0])
    places = (path.relative_to(root).with_suffix("") for path in sorted(root.rglob("events.py")))
    modules = [".".join((room.__name__, *place.parts)) for place in places]
    # `domain.events` is where events are made of, and declares none.
    return [module for module in modules if module != events.__name__]
