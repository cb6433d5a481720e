"""What went wrong, from the moment it was noticed until it is over."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.alerts import READ, WRITE, SecurityAlert
from api.graphql.context import Info
from api.graphql.enums import DataClass, IncidentStatus, IncidentStepKind, SecuritySeverity
from api.graphql.errors import IdempotencyKeyReusedError, InvalidInputError, RequestInProgressError
from api.graphql.ids import Node, read_id, write_id
from api.graphql.inputs import opened
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.people_errors import IncidentOverError
from plugins.graphql_kit import InUnitOfWork, Needs, once
from tenants.watch import incidents, models
from tenants.watch.repository import Alerts, Incidents, IncidentSteps


@strawberry.type
class IncidentStep:
    """One line of a timeline."""

    kind: IncidentStepKind
    at: datetime
    actor: str
    alert: strawberry.ID | None
    changed: list[str] = strawberry.field(description="Which facts were written down.")
    words: str | None

    @classmethod
    def of(cls, row: models.IncidentStep) -> "IncidentStep":
        """The step of a row."""
        return cls(
            kind=row.kind,
            at=row.at,
            actor=row.actor,
            alert=write_id("SecurityAlert", row.alert_id) if row.alert_id else None,
            changed=row.changed,
            words=opened(row.words),
        )


@strawberry.type
class SecurityIncident(Node):
    """Something that went wrong. Who must be told by when is decided by people."""

    key: strawberry.Private[UUID]
    title: str
    severity: SecuritySeverity
    status: IncidentStatus
    affected: str | None = strawberry.field(description="What was affected, in words.")
    people_affected: int | None
    data_kinds: list[DataClass]
    opened_by: str
    opened_at: datetime
    noticed_at: datetime
    contained_at: datetime | None
    authority_due_at: datetime | None
    authority_told_at: datetime | None
    people_due_at: datetime | None
    people_told_at: datetime | None
    closed_at: datetime | None

    @classmethod
    def of(cls, row: models.SecurityIncident) -> "SecurityIncident":
        """The incident of a row."""
        same = ("severity", "status", "people_affected", "opened_by", "opened_at", "noticed_at")
        clocks = ("contained_at", "authority_due_at", "authority_told_at", "people_due_at")
        more = (*clocks, "people_told_at", "closed_at")
        return cls(
            id=write_id("SecurityIncident", row.id),
            key=row.id,
            title=row.title.read(),
            affected=opened(row.affected),
            data_kinds=[DataClass(kind) for kind in row.data_kinds],
            **{name: getattr(row, name) for name in (*same, *more)},
        )

    @strawberry.field(extensions=[Needs(READ)])
    async def timeline(self, info: Info) -> list[IncidentStep]:
        """What happened, in order."""
        rows = await info.context.loaders.rows(IncidentSteps, READ, "incident_id", self.key)
        return [IncidentStep.of(row) for row in rows]

    @strawberry.field(extensions=[Needs(READ)])
    async def alerts(self, info: Info) -> list[SecurityAlert]:
        """What it was noticed by."""
        rows = await info.context.loaders.rows(Alerts, READ, "incident_id", self.key)
        return [SecurityAlert.of(row) for row in rows]


@strawberry.type
class IncidentFields:
    """What went wrong at a tenant."""

    @strawberry.field(graphql_type=Connection[SecurityIncident], extensions=[Paged(), Needs(READ)])
    async def incidents(self, info: Info, status: IncidentStatus | None = None) -> Listing:
        """What went wrong, the newest in front."""
        repository = Incidents(await info.context.read(READ))
        rows = repository.all().filter(status=status) if status else repository.all()
        return Listing(repository, rows, Order("opened_at"), SecurityIncident.of)


@strawberry.input
class IncidentOpenInput:
    """Something that went wrong, and the alerts that led to it."""

    title: str
    severity: SecuritySeverity
    noticed_at: datetime | None = None
    alert_ids: list[strawberry.ID] = strawberry.field(default_factory=list)
    idempotency_key: str | None = None


@strawberry.type
class IncidentOpenPayload:
    """The incident."""

    incident: SecurityIncident


IncidentOpenResult = Annotated[
    IncidentOpenPayload | InvalidInputError | IdempotencyKeyReusedError | RequestInProgressError,
    strawberry.union("IncidentOpenResult"),
]


@strawberry.input
class IncidentUpdateInput:
    """What is known by now; what is null stays. A note and alerts are added."""

    id: strawberry.ID
    severity: SecuritySeverity | None = None
    affected: str | None = None
    people_affected: int | None = None
    data_kinds: list[DataClass] | None = None
    contained_at: datetime | None = None
    authority_due_at: datetime | None = None
    authority_told_at: datetime | None = None
    people_due_at: datetime | None = None
    people_told_at: datetime | None = None
    note: str | None = None
    alert_ids: list[strawberry.ID] = strawberry.field(default_factory=list)


@strawberry.type
class IncidentUpdatePayload:
    """The incident as it is now."""

    incident: SecurityIncident


IncidentUpdateResult = Annotated[
    IncidentUpdatePayload | InvalidInputError | IncidentOverError,
    strawberry.union("IncidentUpdateResult"),
]


@strawberry.input
class IncidentCloseInput:
    """An incident that is over, and what came of it."""

    id: strawberry.ID
    note: str


@strawberry.type
class IncidentClosePayload:
    """The incident as it is now."""

    incident: SecurityIncident


IncidentCloseResult = Annotated[
    IncidentClosePayload | InvalidInputError | IncidentOverError,
    strawberry.union("IncidentCloseResult"),
]


@strawberry.type
class IncidentMutations:
    """Deeds around incidents; only people may do them."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def incident_open(self, info: Info, input: IncidentOpenInput) -> IncidentOpenResult:
        """Put on record that something went wrong."""
        given = vars(input) | {"alert_ids": _alerts(input.alert_ids)}
        del given["idempotency_key"]
        new, uow = incidents.NewIncident(**given), info.context.uow
        row = await once(info, input, Incidents, lambda: incidents.open_incident(uow, new))
        return IncidentOpenPayload(incident=SecurityIncident.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def incident_update(self, info: Info, input: IncidentUpdateInput) -> IncidentUpdateResult:
        """Write down what is known by now."""
        given = {name: value for name, value in vars(input).items() if name != "id"}
        kinds = None if input.data_kinds is None else tuple(input.data_kinds)
        given |= {"alert_ids": _alerts(input.alert_ids), "data_kinds": kinds}
        id = read_id("SecurityIncident", input.id)
        row = await incidents.update(info.context.uow, id, incidents.Changes(**given))
        return IncidentUpdatePayload(incident=SecurityIncident.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def incident_close(self, info: Info, input: IncidentCloseInput) -> IncidentCloseResult:
        """Say that it is over."""
        id = read_id("SecurityIncident", input.id)
        row = await incidents.close(info.context.uow, id, input.note)
        return IncidentClosePayload(incident=SecurityIncident.of(row))


def _alerts(ids: list[strawberry.ID]) -> tuple[UUID, ...]:
    return tuple(read_id("SecurityAlert", id) for id in ids)
