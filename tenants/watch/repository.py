"""Alerts, incidents and what is counted, as one unit of work sees them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from domain.audit.service import EXPORTED
from domain.database import MAIN
from domain.exports.service import DOWNLOADED
from domain.repository import Repository
from domain.scope import ActorKind
from domain.trail import AuditEntry, TraceOutcome
from tenants.watch.models import (
    IncidentStep,
    SecurityAlert,
    SecurityIncident,
    SecuritySighting,
    WatchMark,
    WatchSetting,
)
from tenants.watch.rules import Rule

# Two findings about one subject at once would make two alerts; the lock ends with the transaction.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('watch:' || $1, 0))"
# Who is watched: people and programs. What Deskbell does by itself is not.
WATCHED = (ActorKind.APP, ActorKind.KEY, ActorKind.MEMBER)
# By which very much leaves at once.
TAKEN = (EXPORTED, DOWNLOADED)
OPENED = ("conversation.read", "recording.listened")
# Whoever opens this much at a time is counted with what they open.
TOLD = ("at", "actor_kind", "actor_id", "address", "action", "outcome", "object_id", "others")


class Sightings(Repository[SecuritySighting]):
    """What means something only when there is much of it."""

    model = SecuritySighting
    noun = "sighting"

    def since(self, moment: datetime) -> QuerySet[SecuritySighting]:
        """From a moment on, in order."""
        return self.all().filter(at__gte=moment).order_by("at", "id")

    async def forget(self, before: datetime) -> None:
        """Delete what nobody counts any more."""
        await self.all().filter(at__lt=before).delete()


class Alerts(Repository[SecurityAlert]):
    """What was made of it."""

    model = SecurityAlert
    noun = "alert"

    async def lock_all(self) -> None:
        """Keep every other finding of the tenant waiting until the transaction ends."""
        await self.uow.connection.execute_query(LOCK, [str(self.uow.tenant_id)])

    async def last(self, rule: Rule, subject: str) -> SecurityAlert | None:
        """The newest alert of a rule about somebody."""
        rows = self.all().filter(rule=rule, subject=subject)
        return await self.maybe(rows.order_by("-at", "-id"))

    def of_incident(self, incident_id: UUID) -> QuerySet[SecurityAlert]:
        """Those that belong to one incident, the oldest in front."""
        return self.all().filter(incident_id=incident_id).order_by("at", "id")


class WatchSettings(Repository[WatchSetting]):
    """What the business has set."""

    model = WatchSetting
    noun = "rule"

    async def of(self, rule: Rule) -> WatchSetting | None:
        """What it has set for one rule."""
        return await self.maybe(self.all().filter(rule=rule))


class WatchMarks(Repository[WatchMark]):
    """How far one has looked: one row at most."""

    model = WatchMark
    noun = "mark"

    async def read(self) -> WatchMark | None:
        """The mark, held until the transaction ends."""
        return await self.maybe(self.all().select_for_update())

    async def move(self, to: datetime) -> None:
        """Say that everything before a moment has been looked at."""
        mark = await self.read()
        if mark is None:
            await self.add(seen_until=to)
        else:
            await self.save(mark, seen_until=max(to, mark.seen_until))


class Incidents(Repository[SecurityIncident]):
    """What went wrong."""

    model = SecurityIncident
    noun = "incident"


class IncidentSteps(Repository[IncidentStep]):
    """The timelines of incidents."""

    model = IncidentStep
    noun = "step"

    async def of(self, incident_id: UUID) -> list[IncidentStep]:
        """One timeline, in order."""
        rows = self.all().filter(incident_id=incident_id)
        return await self.page(rows.order_by("at", "id"))


class WatchedTrail(Repository[AuditEntry]):
    """The part of the audit trail that is counted; nothing of it is opened."""

    model = AuditEntry
    noun = "audit entry"

    async def since(self, moment: datetime) -> list[dict[str, Any]]:
        """What people and programs saw, took along or were refused, in order."""
        rows = self._watched().filter(at__gte=moment)
        return await rows.order_by("at", "id").values(*TOLD)

    async def opened_by(
        self, actor: str, since: datetime, until: datetime
    ) -> Sequence[dict[str, Any]]:
        """What somebody opened in an earlier time."""
        kind, _, id = actor.partition(":")
        theirs = self.all().filter(actor_kind=ActorKind(kind), actor_id=id, action__in=OPENED)
        return await theirs.filter(at__gte=since, at__lt=until).order_by("at", "id").values(*TOLD)

    def _watched(self) -> QuerySet[AuditEntry]:
        told = Q(outcome=TraceOutcome.REFUSED) | Q(action__in=(*OPENED, *TAKEN))
        return self.all().filter(told, actor_kind__in=WATCHED)


HOME_OF_KEY = "SELECT tenant_id FROM api_key_home($1)"
# Bounded even where nobody has ever looked, so that a long trail is not read through.
RESTLESS = """
SELECT t.id FROM tenant t LEFT JOIN watch_mark m ON m.tenant_id = t.id
WHERE EXISTS (SELECT FROM security_sighting s WHERE s.tenant_id = t.id
              AND s.at > coalesce(m.seen_until, $1))
OR EXISTS (SELECT FROM audit_entry a WHERE a.tenant_id = t.id
           AND a.at > coalesce(m.seen_until, $1)
           AND (a.outcome = 'refused' OR a.action = ANY($2::text[])))
ORDER BY t.id
"""
FIRST_LOOK = timedelta(days=1)


async def home_of_key(id: UUID) -> UUID | None:
    """The tenant that made a key, whatever became of it, before there is a scope."""
    rows = await get_connection(MAIN).execute_query_dict(HOME_OF_KEY, [id])
    return rows[0]["tenant_id"] if rows else None


async def restless(now: datetime) -> list[UUID]:
    """Tenants in which something happened that nobody has looked at; for the system only."""
    values: list[Any] = [now - FIRST_LOOK, [*OPENED, *TAKEN]]
    rows = await get_connection(MAIN).execute_query_dict(RESTLESS, values)
    return [row["id"] for row in rows]
