"""Making one alert of many findings, taking note of it, and setting how one is watched over."""

from dataclasses import dataclass
from uuid import UUID

from domain.work import UnitOfWork
from tenants.watch import freezing
from tenants.watch.events import AlertAcknowledged, AlertRaised, WatchRuleSet
from tenants.watch.models import SecurityAlert, WatchSetting
from tenants.watch.repository import Alerts, WatchSettings
from tenants.watch.rules import Finding, Rule, Terms, terms

READ = "security:read"
WRITE = "security:write"


@dataclass(frozen=True)
class RuleChange:
    """What a business sets for a rule, in whole; None leaves it as we think best."""

    rule: Rule
    threshold: int | None = None
    letters: bool = True
    freeze: bool | None = None


async def terms_of(uow: UnitOfWork, rule: Rule) -> Terms:
    """A rule as it holds for the business."""
    return _terms(rule, await WatchSettings(uow).of(rule))


async def all_terms(uow: UnitOfWork) -> list[Terms]:
    """Every rule as it holds for the business."""
    rows = {row.rule: row for row in await WatchSettings(uow).page(WatchSettings(uow).all())}
    return [_terms(rule, rows.get(rule)) for rule in Rule]


def _terms(rule: Rule, row: WatchSetting | None) -> Terms:
    if row is None:
        return terms(rule)
    return terms(rule, row.threshold, letters=row.letters, freeze=row.freeze)


async def set_rules(uow: UnitOfWork, changes: list[RuleChange]) -> list[Terms]:
    """Set how one is watched over. Raises `InvalidInput`, and `StepUpRequired`."""
    uow.require(WRITE)
    settings = WatchSettings(uow)
    for change in changes:
        wanted = {
            "threshold": change.threshold,
            "letters": change.letters,
            "freeze": change.freeze,
        }
        terms(change.rule, change.threshold, letters=change.letters, freeze=change.freeze)
        row = await settings.of(change.rule)
        if row is None:
            await settings.add(rule=change.rule, **wanted)
        else:
            await settings.save(row, **wanted)
        uow.record(WatchRuleSet(tenant_id=uow.tenant_id, rule=change.rule))
    return await all_terms(uow)


async def tell(uow: UnitOfWork, finding: Finding) -> SecurityAlert | None:
    """Raise an alert, and freeze if that is wished; in its quiet time it is only counted."""
    alerts = Alerts(uow)
    await alerts.lock_all()
    known, last = (
        await terms_of(uow, finding.rule),
        await alerts.last(finding.rule, finding.subject),
    )
    if last is not None and finding.at < last.at + known.norm.quiet:
        await _count(alerts, last, finding)
        return None
    alert = await alerts.add(
        rule=finding.rule,
        severity=known.norm.severity,
        subject=finding.subject,
        at=finding.at,
        raised_at=uow.now,
        last_at=finding.at,
        count=finding.count,
        evidence=dict(finding.evidence),
        froze=known.freeze and await freezing.by_rule(uow, finding.subject),
    )
    uow.record(AlertRaised(alert_id=alert.id, rule=alert.rule, severity=alert.severity))
    return alert


async def _count(alerts: Alerts, last: SecurityAlert, finding: Finding) -> None:
    # What was counted at an earlier look is found again by the next one, and adds nothing.
    if finding.at > last.last_at:
        more = max(last.count, finding.count)
        await alerts.save(last, last_at=finding.at, count=more)


async def acknowledge(uow: UnitOfWork, id: UUID) -> SecurityAlert:
    """Take note of an alert; a second time changes nothing."""
    uow.require(WRITE)
    alerts = Alerts(uow)
    alert = await alerts.lock(id)
    if alert.acknowledged_at is None:
        by = str(uow.scope.actor)
        await alerts.save(alert, acknowledged_at=uow.now, acknowledged_by=by)
        uow.record(AlertAcknowledged(alert_id=id))
    return alert
