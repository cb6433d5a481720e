"""What looked like an attack, and how the business wants to be watched over."""

from datetime import datetime, timedelta
from typing import Annotated, cast
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from api.graphql.context import Info
from api.graphql.enums import SecurityRule, SecuritySeverity
from api.graphql.errors import InvalidInputError
from api.graphql.ids import Node, read_id, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from plugins.graphql_kit import InUnitOfWork, Needs
from tenants.watch import alerts, models
from tenants.watch.repository import Alerts
from tenants.watch.rules import Terms

READ = alerts.READ
WRITE = alerts.WRITE


@strawberry.type
class SecurityAlert(Node):
    """That a rule of watching was broken; a burst is one alert."""

    incident_key: strawberry.Private[UUID | None]
    rule: SecurityRule
    severity: SecuritySeverity
    subject: str = strawberry.field(description="Who or what, as `member:…`, `key:…`, `network:…`.")
    at: datetime = strawberry.field(description="When the rule was broken.")
    raised_at: datetime
    last_at: datetime
    count: int
    evidence: JSON = strawberry.field(description="Ids, times and networks.")
    froze: bool = strawberry.field(description="Whether the subject was shut out by the rule.")
    acknowledged_at: datetime | None
    acknowledged_by: str | None

    @classmethod
    def of(cls, row: models.SecurityAlert) -> "SecurityAlert":
        """The alert of a row."""
        return cls(
            id=write_id("SecurityAlert", row.id),
            incident_key=row.incident_id,
            rule=row.rule,
            severity=row.severity,
            subject=row.subject,
            at=row.at,
            raised_at=row.raised_at,
            last_at=row.last_at,
            count=row.count,
            evidence=cast(JSON, row.evidence),
            froze=row.froze,
            acknowledged_at=row.acknowledged_at,
            acknowledged_by=row.acknowledged_by,
        )


@strawberry.type
class WatchRule:
    """One rule as it holds for the business."""

    rule: SecurityRule
    severity: SecuritySeverity
    told: str = strawberry.field(description="What it says has happened.")
    threshold: int | None = strawberry.field(description="Null if the rule counts nothing.")
    least: int | None
    most: int | None
    window: timedelta
    letters: bool = strawberry.field(description="Whether owners get a letter.")
    freeze: bool = strawberry.field(description="Whether the subject is shut out at once.")

    @classmethod
    def of(cls, known: Terms) -> "WatchRule":
        """The rule in words of the schema."""
        norm, counts = known.norm, known.threshold is not None
        return cls(
            rule=known.rule,
            severity=norm.severity,
            told=norm.told,
            threshold=known.threshold,
            least=norm.bounds[0] if counts else None,
            most=norm.bounds[1] if counts else None,
            window=norm.window,
            letters=known.letters,
            freeze=known.freeze,
        )


@strawberry.type
class AlertFields:
    """What is known of attacks on a tenant."""

    @strawberry.field(graphql_type=Connection[SecurityAlert], extensions=[Paged(), Needs(READ)])
    async def security_alerts(self, info: Info, unacknowledged: bool = False) -> Listing:
        """What looked like an attack, the newest in front; or what nobody has taken note of."""
        repository = Alerts(await info.context.read(READ))
        rows = repository.all().filter(acknowledged_at=None) if unacknowledged else repository.all()
        return Listing(repository, rows, Order("raised_at"), SecurityAlert.of)

    @strawberry.field(extensions=[Needs(READ)])
    async def watch_rules(self, info: Info) -> list[WatchRule]:
        """Every rule as it holds for the business."""
        uow = await info.context.read(READ)
        return [WatchRule.of(known) for known in await alerts.all_terms(uow)]


@strawberry.input
class SecurityAlertAcknowledgeInput:
    """The alert to take note of."""

    id: strawberry.ID


@strawberry.type
class SecurityAlertAcknowledgePayload:
    """The alert as it stands."""

    security_alert: SecurityAlert


SecurityAlertAcknowledgeResult = Annotated[
    SecurityAlertAcknowledgePayload, strawberry.union("SecurityAlertAcknowledgeResult")
]


@strawberry.input
class WatchRuleInput:
    """A rule as it is to be, in whole; what is null is as Deskbell has it."""

    rule: SecurityRule
    threshold: int | None = None
    letters: bool = True
    freeze: bool | None = None


@strawberry.input
class WatchRulesUpdateInput:
    """The rules to set; the others stay."""

    rules: list[WatchRuleInput]


@strawberry.type
class WatchRulesUpdatePayload:
    """Every rule as it is now."""

    watch_rules: list[WatchRule]


WatchRulesUpdateResult = Annotated[
    WatchRulesUpdatePayload | InvalidInputError, strawberry.union("WatchRulesUpdateResult")
]


@strawberry.type
class AlertMutations:
    """Deeds around alerts; only people may do them."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def security_alert_acknowledge(
        self, info: Info, input: SecurityAlertAcknowledgeInput
    ) -> SecurityAlertAcknowledgeResult:
        """Take note of an alert; a second time changes nothing."""
        row = await alerts.acknowledge(info.context.uow, read_id("SecurityAlert", input.id))
        return SecurityAlertAcknowledgePayload(security_alert=SecurityAlert.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def watch_rules_update(
        self, info: Info, input: WatchRulesUpdateInput
    ) -> WatchRulesUpdateResult:
        """Set thresholds within their bounds, who is told, and who is shut out at once."""
        changes = [alerts.RuleChange(**vars(each)) for each in input.rules]
        known = await alerts.set_rules(info.context.uow, changes)
        return WatchRulesUpdatePayload(watch_rules=[WatchRule.of(each) for each in known])
