"""By when others must be told of a breach: set as soon as personal data is known to be touched."""

from datetime import datetime, timedelta
from typing import Any

from domain import law
from domain.scope import TenantFacts
from tenants.watch.models import SecurityIncident

AUTHORITY, HEALTH = "breach.authority", "breach.health"


def clocks(
    incident: SecurityIncident, changed: dict[str, Any], tenant: TenantFacts
) -> dict[str, datetime]:
    """The moments that follow from what is known; what somebody set by hand stays."""
    touched = changed.get("data_kinds", incident.data_kinds)
    if not touched:
        return {}
    due = {
        "authority_due_at": incident.noticed_at + _authority(incident, tenant),
        "people_due_at": incident.noticed_at + _people(incident, tenant),
    }
    return {
        name: at
        for name, at in due.items()
        if getattr(incident, name) is None and changed.get(name) is None
    }


def overdue(incident: SecurityIncident, now: datetime) -> list[str]:
    """Who should have been told by now, and was not."""
    return [
        who
        for who in ("authority", "people")
        if (due := getattr(incident, f"{who}_due_at")) is not None
        and due < now
        and getattr(incident, f"{who}_told_at") is None
    ]


def _authority(incident: SecurityIncident, tenant: TenantFacts) -> timedelta:
    rows = law.rules(AUTHORITY, tenant.region, incident.noticed_at.date())
    return min(timedelta(hours=_number(row, "hours")) for row in rows)


def _people(incident: SecurityIncident, tenant: TenantFacts) -> timedelta:
    """Sixty days where health is concerned; elsewhere as soon as the authority is told."""
    rows = law.rules(HEALTH, "US", incident.noticed_at.date())
    if not tenant.privacy.hipaa or not rows:
        return _authority(incident, tenant)
    return min(timedelta(days=_number(row, "days")) for row in rows)


def _number(row: law.Rule, name: str) -> int:
    assert isinstance(row.value, dict)
    return int(str(row.value[name]))
