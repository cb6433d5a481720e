"""The letters that alerts lead to: to owners, to the person it is about, to the operator."""

import logging
from dataclasses import dataclass
from uuid import UUID

from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.messages.ports import Mail, message_id_of
from domain.privacy.purposes import Purpose
from domain.scope import ActorKind, TenantFacts
from domain.work import UnitOfWork
from tenants.repository import Users
from tenants.service import owner_addresses
from tenants.watch.alerts import terms_of
from tenants.watch.events import AlertRaised
from tenants.watch.models import SecurityAlert
from tenants.watch.repository import Alerts
from tenants.watch.rules import NORMS, Severity

log = logging.getLogger(__name__)

# What stands in evidence, in the order in which a letter tells it.
TOLD = {
    "device": "Device",
    "network": "Network",
    "networks": "Networks",
    "kilometres": "Kilometres apart",
    "change": "Change",
    "role": "Role",
    "from": "From",
    "to": "To",
    "faults": "Faults",
}


@dataclass(frozen=True)
class WatchLetters:
    """Writes to those whom an alert concerns; `operator` is an address, or empty."""

    public_url: str
    operator: str = ""

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        return ((AlertRaised, self.tell_of_alert),)

    @serves(Purpose.SECURITY)
    async def tell_of_alert(self, event: AlertRaised, context: HandlerContext) -> None:
        """Write one letter inside the house and one to the operator."""
        async with context.unit_of_work() as uow:
            alert = await Alerts(uow).get(event.alert_id)
            to = await _concerned(uow, alert)
        # Ids alone: logs and fault reports hold nothing of a person.
        log.warning("Security alert %s: %s (%s)", alert.id, alert.rule, alert.severity)
        number = context.delivery_id
        for address in to:
            await context.mailer.send(self._mail(alert, context.tenant, address, number))
        if self.operator and alert.severity is Severity.SEVERE:
            await context.mailer.send(self._report(alert, context.tenant, number))

    def _mail(self, alert: SecurityAlert, tenant: TenantFacts, to: str, number: UUID) -> Mail:
        text = (
            f"{NORMS[alert.rule].told} at {tenant.name}.\n\n{_evidence(alert)}\n"
            f"{_advice(alert)}\n\n{self.public_url}\n"
        )
        subject = f"{_mark(alert)}: {tenant.name}"
        # One letter each: nobody learns the addresses of the others.
        return Mail((to,), subject, text, message_id=message_id_of(number, _name(to)))

    def _report(self, alert: SecurityAlert, tenant: TenantFacts, number: UUID) -> Mail:
        text = f"{NORMS[alert.rule].told} at {tenant.slug}.\n\nAlert {alert.id}\n{_evidence(alert)}"
        subject = f"{_mark(alert)}: {tenant.slug}"
        return Mail((self.operator,), subject, text, message_id=message_id_of(number, "op"))


async def _concerned(uow: UnitOfWork, alert: SecurityAlert) -> tuple[str, ...]:
    """The owners, unless they chose not to be told, and the person whom it is about."""
    known = await terms_of(uow, alert.rule)
    owners = await owner_addresses(uow) if known.letters else ()
    kind, _, id = alert.subject.partition(":")
    personal = known.norm.personal and kind == ActorKind.MEMBER
    people = await Users(uow).many([UUID(id)]) if personal else []
    return tuple(sorted({*owners, *(user.email for user in people)}))


def _evidence(alert: SecurityAlert) -> str:
    lines = [f"When: {alert.at.isoformat()}", f"How often: {alert.count}"]
    for name, title in TOLD.items():
        if value := alert.evidence.get(name):
            words = ", ".join(map(str, value)) if isinstance(value, list) else value
            lines.append(f"{title}: {words}")
    return "\n".join(lines) + "\n"


def _advice(alert: SecurityAlert) -> str:
    if alert.froze:
        return "Whoever it is about was shut out. Look into it before you let them in again."
    if NORMS[alert.rule].personal:
        return (
            "If this was you, or the member it is about, nothing needs to be done."
            " If not, have the password changed at once."
        )
    return "Look into it, and freeze whoever it is about if you do not know why."


def _mark(alert: SecurityAlert) -> str:
    return "Security alert" if alert.severity is not Severity.NOTICE else "Security notice"


def _name(address: str) -> str:
    return address.partition("@")[0].encode().hex()[:32]
