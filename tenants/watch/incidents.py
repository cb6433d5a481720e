"""What went wrong, put on record while it is being put right."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.errors import InvalidInput
from domain.personal import DataClass
from domain.sealed import Sealed
from domain.tenancy import TenantModel
from domain.words import fitting
from domain.work import UnitOfWork
from tenants.watch.clocks import clocks
from tenants.watch.errors import IncidentOver
from tenants.watch.events import IncidentClosed, IncidentOpened, IncidentUpdated
from tenants.watch.models import IncidentStatus, SecurityIncident, StepKind
from tenants.watch.repository import Alerts, Incidents, IncidentSteps
from tenants.watch.rules import Severity

READ = "security:read"
WRITE = "security:write"
LONGEST_TITLE = 200
LONGEST_WORDS = 4000
MOST_ALERTS = 100

Told = dict[str, Any]


@dataclass(frozen=True)
class NewIncident:
    """Something that went wrong; whoever opens it may name the alerts that led to it."""

    title: str
    severity: Severity
    noticed_at: datetime | None = None
    alert_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What is known by now; None leaves it. `note` and `alert_ids` are added, never replaced."""

    severity: Severity | None = None
    affected: str | None = None
    people_affected: int | None = None
    data_kinds: tuple[str, ...] | None = None
    contained_at: datetime | None = None
    authority_due_at: datetime | None = None
    authority_told_at: datetime | None = None
    people_due_at: datetime | None = None
    people_told_at: datetime | None = None
    note: str | None = None
    alert_ids: tuple[UUID, ...] = ()

    def columns(self) -> dict[str, Any]:
        """What is given, as it is stored. Raises `InvalidInput`."""
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        wanted = {
            name: value
            for name, value in given.items()
            if value is not None and name not in {"note", "alert_ids"}
        }
        _check(self)
        if self.affected is not None:
            wanted["affected"] = Sealed.text(fitting("affected", self.affected, LONGEST_WORDS))
        if self.data_kinds is not None:
            wanted["data_kinds"] = sorted(set(self.data_kinds))
        return wanted


def _check(changes: Changes) -> None:
    if changes.people_affected is not None and changes.people_affected < 0:
        raise InvalidInput.at("people_affected", "Use 0 or more")
    unknown = set(changes.data_kinds or ()) - set(DataClass)
    if unknown:
        raise InvalidInput.at("data_kinds", f"{sorted(unknown)[0]!r} is no kind of data")


async def open_incident(uow: UnitOfWork, new: NewIncident) -> SecurityIncident:
    """Open an incident. Raises `InvalidInput`, and `NotFound` for an alert that is not there."""
    uow.require(WRITE)
    if new.noticed_at is not None and new.noticed_at > uow.now:
        raise InvalidInput.at("noticed_at", "That moment is still to come")
    incident = await Incidents(uow).add(
        title=Sealed.text(fitting("title", new.title, LONGEST_TITLE)),
        severity=new.severity,
        status=IncidentStatus.OPEN,
        opened_by=str(uow.scope.actor),
        opened_at=uow.now,
        noticed_at=new.noticed_at or uow.now,
    )
    await _step(uow, incident, StepKind.OPENED)
    await _link(uow, incident, new.alert_ids)
    uow.record(IncidentOpened(incident_id=incident.id, severity=incident.severity))
    return incident


async def update(uow: UnitOfWork, id: UUID, changes: Changes) -> SecurityIncident:
    """Write down what is known by now. Raises `InvalidInput`, `IncidentOver`, `NotFound`."""
    uow.require(WRITE)
    incident = await _open(uow, id)
    wanted = changes.columns()
    wanted |= clocks(incident, wanted, uow.scope.tenant)
    if wanted:
        await Incidents(uow).save(incident, **wanted)
        await _step(uow, incident, StepKind.CHANGED, changed=sorted(wanted))
    if changes.note is not None:
        words = fitting("note", changes.note, LONGEST_WORDS)
        await _step(uow, incident, StepKind.NOTED, words=Sealed.text(words))
    await _link(uow, incident, changes.alert_ids)
    uow.record(IncidentUpdated(incident_id=id, changed=tuple(sorted(wanted))))
    return incident


async def close(uow: UnitOfWork, id: UUID, note: str) -> SecurityIncident:
    """Say that it is over, and what came of it. Raises `InvalidInput`, `IncidentOver`."""
    uow.require(WRITE)
    incident = await _open(uow, id)
    words = Sealed.text(fitting("note", note, LONGEST_WORDS))
    await Incidents(uow).save(incident, status=IncidentStatus.CLOSED, closed_at=uow.now)
    await _step(uow, incident, StepKind.CLOSED, words=words)
    uow.record(IncidentClosed(incident_id=id))
    return incident


async def _open(uow: UnitOfWork, id: UUID) -> SecurityIncident:
    incident = await Incidents(uow).lock(id)
    if incident.status is IncidentStatus.CLOSED:
        raise IncidentOver
    return incident


async def _link(uow: UnitOfWork, incident: SecurityIncident, alert_ids: Sequence[UUID]) -> None:
    """Count alerts as a part of it; one that belongs to another incident moves here."""
    if len(alert_ids) > MOST_ALERTS:
        raise InvalidInput.at("alert_ids", f"Use at most {MOST_ALERTS}")
    alerts = Alerts(uow)
    for id in dict.fromkeys(alert_ids):
        alert = await alerts.lock(id)
        if alert.incident_id != incident.id:
            await alerts.save(alert, incident_id=incident.id)
            await _step(uow, incident, StepKind.ALERT_LINKED, alert_id=id)


async def _step(uow: UnitOfWork, incident: SecurityIncident, kind: StepKind, **given: Any) -> None:
    values = {
        "incident_id": incident.id,
        "kind": kind,
        "at": uow.now,
        "actor": str(uow.scope.actor),
    }
    await IncidentSteps(uow).add(**values | given)


async def told(uow: UnitOfWork) -> list[Told]:
    """Every incident of the tenant as plain values, the newest in front."""
    uow.require(READ)
    incidents = Incidents(uow)
    rows = await incidents.page(incidents.all().order_by("-opened_at", "-id"))
    return [_plain(row) for row in rows]


async def told_in_full(uow: UnitOfWork, id: UUID) -> list[Told]:
    """One incident with its timeline and alerts; nothing if it is of another tenant."""
    uow.require(READ)
    row = await Incidents(uow).maybe(Incidents(uow).all().filter(id=id))
    if row is None:
        return []
    alerts = Alerts(uow)
    steps = [_plain(step) for step in await IncidentSteps(uow).of(id)]
    linked = [_plain(alert) for alert in await alerts.page(alerts.of_incident(id))]
    return [{**_plain(row), "timeline": steps, "alerts": linked}]


def _plain(row: TenantModel) -> Told:
    """A row as plain values, what is sealed among them."""
    values = {name: getattr(row, name) for name in row._meta.fields_map if name != "tenant_id"}
    return {
        name: value.read() if isinstance(value, Sealed) else value for name, value in values.items()
    }
