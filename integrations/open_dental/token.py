"""Up to where changes in a practice's book were seen."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from integrations.open_dental.ports import Row
from integrations.open_dental.rows import edition, number, shifted

# Times there have no fractions: what was changed in the same second comes once more.
OVERLAP = timedelta(minutes=1)
# What was deleted there no search by time tells of: so often everything is read again.
READ_AGAIN = timedelta(hours=1)
MOST_SEEN = 500


@dataclass(frozen=True)
class Token:
    """The time at the practice's server, and what was seen around it and stands in one diary."""

    read_at: datetime
    """When everything was read, by our clock."""
    since: str
    """By the server's clock, as it writes it."""
    seen: frozenset[str] = frozenset()
    ours: frozenset[int] = frozenset()
    """The appointments of the diary: one that leaves it is a change, too."""

    @classmethod
    def read(cls, text: str, now: datetime) -> "Token | None":
        """One that was kept; None, if everything is to be read."""
        try:
            told = json.loads(text)
            read_at = datetime.fromisoformat(told["read_at"])
            found = cls(
                read_at, told["since"], frozenset(told["seen"]), frozenset(map(int, told["ours"]))
            )
            shifted(found.since, -OVERLAP)
        except (ValueError, KeyError, TypeError):
            return None
        return found if read_at <= now < read_at + READ_AGAIN else None

    @property
    def asked_from(self) -> str:
        """From when on changes are asked for."""
        return shifted(self.since, -OVERLAP)

    def news(self, rows: Iterable[Row]) -> list[Row]:
        """What was not seen before."""
        return [each for each in rows if edition(each) not in self.seen]

    def after(self, since: str, touched: Iterable[Row], ours: Iterable[Row]) -> "Token":
        """The token that comes when these were seen."""
        since = max(since, self.since)
        still_near = shifted(since, -OVERLAP) if since else ""
        near = [each for each in touched if str(each.get("DateTStamp", "")) >= still_near]
        seen = frozenset(sorted(map(edition, near))[-MOST_SEEN:])
        return Token(
            self.read_at, since, seen, self.ours | {number(each, "AptNum") for each in ours}
        )

    @property
    def text(self) -> str:
        """As it is kept."""
        told = {
            "read_at": self.read_at.astimezone(UTC).isoformat(),
            "since": self.since,
            "seen": sorted(self.seen),
            "ours": sorted(self.ours),
        }
        return json.dumps(told)
