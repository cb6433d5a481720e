"""Every event there is, wherever it is declared."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
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
    folders = [found.name for found in iter_modules(room.__path__) if found.ispkg]
    places = [room.__name__, *(f"{room.__name__}.{folder}" for folder in sorted(folders))]
    return [f"{place}.events" for place in places if _has_events(place)]


def _has_events(place: str) -> bool:
    # `domain.events` is where events are made of, and declares none.
    return place != "domain" and find_spec(f"{place}.events") is not None
