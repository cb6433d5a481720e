"""The checked-in JSON Schema of every event, and what may change in it.

`deskbell schema` writes `domain/events.schema.json` anew. Stored events are read
for weeks, so within a version an event only gains fields that may be absent; anything else is a new
version, and an `upcast()` of the old one.
"""

import json
from pathlib import Path
from typing import Any

import domain
from domain.events import catalogue
from plugins.catalogue import every_event

SCHEMA = Path(str(domain.__file__)).with_name("events.schema.json")
# What a reader of stored events relies on; titles and descriptions may be reworded.
WORDING = frozenset({"description", "title"})

Schema = dict[str, Any]


def current() -> Schema:
    """The schemas of all events that the code declares, by `name@version`."""
    every_event()
    return catalogue()


def written(schema: Schema) -> str:
    """The text of the file."""
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


def broken(old: Schema, new: Schema) -> list[str]:
    """What events stored under the old schemas would stumble over, in words."""
    gone = [f"{event} is gone" for event in old if event not in new]
    kept = [event for event in old if event in new]
    return gone + [
        f"{event}: {fault}" for event in kept for fault in _faults(old[event], new[event])
    ]


def _faults(old: Schema, new: Schema) -> list[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    demanded = set(new.get("required", ())) - set(old.get("required", ()))
    removed = [f"{name} is gone" for name in before if name not in after]
    changed = [
        f"{name} has changed"
        for name in before
        if name in after and _bare(before[name]) != _bare(after[name])
    ]
    return [*removed, *changed, *(f"{name} is demanded now" for name in sorted(demanded))]


def _bare(field: Schema) -> Schema:
    return {key: value for key, value in field.items() if key not in WORDING}


def breaking() -> list[str]:
    """Why the code's schemas may not replace the checked-in ones, in words."""
    return broken(json.loads(SCHEMA.read_text()), current()) if SCHEMA.exists() else []
