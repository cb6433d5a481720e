"""Up to where changes at a server were seen."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from integrations.fhir.ports import Resource
from integrations.fhir.resources import instant, moment
from integrations.fhir.wire import reference_of, version_of

# What was begun earlier may be written later, and carries the earlier time.
OVERLAP = timedelta(minutes=1)
# What was deleted there no search by time tells of: so often everything is read again.
READ_AGAIN = timedelta(hours=1)
MOST_SEEN = 500


@dataclass(frozen=True)
class Token:
    """The time of the latest change by the server's clock, and what was seen around it."""

    read_at: datetime
    """When everything was read, by our clock."""
    latest: datetime | None = None
    seen: frozenset[str] = frozenset()

    @classmethod
    def read(cls, text: str, now: datetime) -> "Token | None":
        """One that was kept; None, if everything is to be read."""
        try:
            told = json.loads(text)
            read_at, latest = moment(told["read_at"]), moment(told["latest"])
            seen = frozenset(str(each) for each in told["seen"])
        except (ValueError, KeyError, TypeError):
            return None
        if read_at is None or latest is None or not read_at <= now < read_at + READ_AGAIN:
            return None
        return cls(read_at, latest, seen)

    @property
    def since(self) -> str:
        """From when on changes are asked for."""
        assert self.latest is not None
        return instant(self.latest - OVERLAP)

    def news(self, found: Iterable[Resource]) -> list[Resource]:
        """What was not seen before."""
        return [each for each in found if _edition(each) not in self.seen]

    def after(self, found: Iterable[Resource]) -> "Token":
        """The token that comes when these were seen."""
        times = {_edition(each): _updated(each) for each in found}
        known = [each for each in (self.latest, *times.values()) if each is not None]
        latest = max(known, default=None)
        if latest is None:
            return self
        near = {name for name, at in times.items() if at is not None and at >= latest - OVERLAP}
        return Token(self.read_at, latest, frozenset(sorted(near)[:MOST_SEEN]))

    @property
    def text(self) -> str:
        """As it is kept."""
        latest = instant(self.latest) if self.latest is not None else None
        told = {"read_at": instant(self.read_at), "latest": latest, "seen": sorted(self.seen)}
        return json.dumps(told)


def _edition(resource: Resource) -> str:
    return f"{reference_of(resource)}/{version_of(resource)}"


def _updated(resource: Resource) -> datetime | None:
    meta = resource.get("meta")
    return moment(meta.get("lastUpdated")) if isinstance(meta, dict) else None
