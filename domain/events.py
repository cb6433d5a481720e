"""Things that happened, named in the past tense. They carry ids, never words of a person."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from domain.adapters import adapter_of

_REGISTRY: dict[tuple[str, int], type["Event"]] = {}


class UnknownEvent(LookupError):
    """A stored event whose name or version this code does not know."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to one aggregate; a frozen dataclass of JSON-safe values.

    Subclasses set `name` (`appointment.booked`) and `aggregate`, the field that holds the id of
    the thing it happened to: events of one aggregate are numbered and delivered in order.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    aggregate: ClassVar[str]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # A family of events that share fields has no name of its own.
        if "name" not in cls.__dict__:
            return
        if (cls.name, cls.version) in _REGISTRY:
            raise TypeError(f"Event {cls.name} version {cls.version} is declared twice")
        _REGISTRY[cls.name, cls.version] = cls

    @property
    def key(self) -> UUID:
        """The aggregate this happened to."""
        id = getattr(self, self.aggregate)
        assert isinstance(id, UUID)
        return id

    def payload(self) -> dict[str, Any]:
        """The event as JSON."""
        dumped: dict[str, Any] = adapter_of(type(self)).dump_python(self, mode="json")
        return dumped

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """The JSON Schema of the payload."""
        return adapter_of(cls).json_schema()

    @classmethod
    def upcast(cls, payload: dict[str, Any]) -> "Event":
        """Read the event from JSON; an old version overrides this to return the newest."""
        event: Event = adapter_of(cls).validate_python(payload)
        return event


def read(name: str, version: int, payload: dict[str, Any]) -> Event:
    """Rebuild a stored event. Raises `UnknownEvent`."""
    try:
        return _REGISTRY[name, version].upcast(payload)
    except KeyError as problem:
        raise UnknownEvent(f"No event {name} version {version}") from problem


def declared() -> list[type[Event]]:
    """Every event that has been imported, by name and version; those of tests are left out."""
    known = sorted(_REGISTRY.items())
    return [event for (name, _), event in known if not name.startswith("test.")]


def catalogue() -> dict[str, Any]:
    """The JSON Schema of every event, by `name@version`: what `events.schema.json` holds."""
    return {f"{event.name}@{event.version}": event.json_schema() for event in declared()}
