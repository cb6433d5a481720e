"""A tenant that owns one of everything, its words marked so that a leak can be seen."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from api.graphql.ids import write_id
from domain import (
    appointments,
    business,
    calls,
    consent,
    contacts,
    conversations,
    exports,
    knowledge,
    leads,
    messages,
    phone_numbers,
    recordings,
    search,
    support,
    transfers,
    usage,
    waitlist,
)
from domain.audit.repository import AuditEntries
from domain.business.profile import Question
from domain.calendars.feeds import open_feed
from domain.consent.rules import CAUTIOUS
from domain.consent.service import Evidence
from domain.consent.terms import Manner, Outcome
from domain.contacts.models import NumberList
from domain.conversations.models import Speaker
from domain.erasure.models import ErasureReason, SubjectKind
from domain.erasure.service import request
from domain.scope import Scope
from domain.sealed import Sealed
from domain.search.models import SearchKind
from domain.sync.models import SyncKind
from domain.work import UnitOfWork, UnitsOfWork
from integrations.http_out import Reach
from plugins import settings
from plugins.registry import Registry
from plugins.repository import OutboxEntries
from plugins.webhooks import rules, service
from plugins.webhooks.repository import WebhookDeliveries, WebhookExchanges
from plugins.webhooks.service import NewEndpoint
from tenants.sandbox.repository import CapturedLetters
from tenants.service import job_scope
from tenants.watch import alerts, incidents
from tenants.watch.models import SightingKind
from tenants.watch.repository import Sightings, WatchMarks
from tenants.watch.rules import Finding, Rule, Severity
from tests.factories.accounts import own_calendar, own_connection
from tests.factories.apps import own_apps
from tests.factories.business import Practice, open_practice
from tests.factories.callers import Caller, ring
from tests.factories.houses import own_houses
from tests.factories.members import own_people
from tests.factories.policies import agree, promise_later
from tests.factories.records import own_records
from tests.factories.reminders import own_reminders
from tests.factories.retention import own_retention
from tests.factories.rights import own_rights
from tests.factories.tools import own_tool

# Whose id an argument or input field holds; `id` is that of the noun a mutation begins with.
HOLDS = {
    "alertIds": "SecurityAlert",
    "callId": "Call",
    "connectionId": "OAuthConnection",
    "contactId": "Contact",
    "conversationId": "Conversation",
    "customRoleId": "CustomRole",
    "deliveryIds": "WebhookDelivery",
    "locationId": "Location",
    "memberId": "Member",
    "resourceId": "Resource",
    "resourceIds": "Resource",
    "serviceId": "Service",
    "tenantTemplateId": "TenantTemplate",
    "toolId": "Tool",
}
NOUNS = {
    "accessGrant": "AccessGrant",
    "accessInvitation": "AccessInvitation",
    "apiKey": "ApiKey",
    "app": "App",
    "bulkExport": "BulkExport",
    "appointment": "Appointment",
    "archive": "Archive",
    "archiveBox": "ArchiveBox",
    "breakGlass": "BreakGlass",
    "bulkChange": "BulkChange",
    "closure": "Closure",
    "connectedApp": "ConnectedApp",
    "calendar": "LinkedCalendar",
    "calendarFeed": "CalendarFeed",
    "connection": "OAuthConnection",
    "contact": "Contact",
    "customRole": "CustomRole",
    "incident": "SecurityIncident",
    "intake": "Intake",
    "invitation": "Invitation",
    "knowledge": "KnowledgeItem",
    "lead": "Lead",
    "legalHold": "LegalHold",
    "legalProcess": "LegalProcess",
    "location": "Location",
    "member": "Member",
    "message": "Message",
    "number": "ListedNumber",
    "ownRequest": "PrivacyRequest",
    "passkey": "Passkey",
    "outreachConsent": "OutreachConsent",
    "phoneNumber": "AttachedNumber",
    "dataContract": "DataContract",
    "notice": "Notice",
    "agreement": "Agreement",
    "policy": "PolicyVersion",
    "privacyChoice": "PrivacyChoice",
    "privacyCode": "PrivacyRequest",
    "privacyRequest": "PrivacyRequest",
    "push": "PushDevice",
    "recording": "Recording",
    "reminderRule": "ReminderRule",
    "resource": "Resource",
    "securityAlert": "SecurityAlert",
    "service": "Service",
    "route": "RouteAcceptance",
    "session": "Session",
    "sso": "CustomRole",
    "ssoDomain": "SsoDomain",
    "supportTicket": "SupportTicket",
    "tenantTemplate": "TenantTemplate",
    "tool": "Tool",
    "transferTarget": "TransferTarget",
    "waitlist": "Wait",
    "webhook": "WebhookEndpoint",
}
TOMORROW_AT_TEN = datetime.fromisoformat("2026-11-17T10:00:00-05:00")


async def own_everything(unit_of_work: UnitsOfWork, scope: Scope, mark: str) -> dict[str, UUID]:
    """One row of every type of node; `mark` is in all the words of it."""
    practice = await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope, name=f"Anna {mark}")
    async with unit_of_work(scope) as uow:
        owned = {
            "Contact": caller.contact_id,
            "Conversation": caller.conversation_id,
            "Location": practice.location_id,
            "Resource": practice.dr_lee_id,
            "Service": practice.cleaning_id,
            **await _profile(uow, practice, mark),
            **await _inbox(uow, caller, mark),
            **await own_people(uow, mark),
            **await own_apps(uow, mark),
        }
        owned["Appointment"] = await _visit(uow, practice, caller, mark)
        owned["Wait"] = await _wait(uow, practice, caller)
        owned |= await own_reminders(uow, owned["Appointment"], mark)
        owned["WebhookEndpoint"] = await _webhook(uow, mark)
        owned |= await own_tool(uow, caller.conversation_id, mark)
        owned["OAuthConnection"] = await own_connection(uow, mark)
        owned["CalendarFeed"] = (await open_feed(uow, practice.dr_lee_id)).id
        owned["LinkedCalendar"] = await own_calendar(uow, practice.dr_lee_id, mark)
        owned |= await own_rights(uow, caller, mark)
        owned["PolicyVersion"] = await promise_later(uow, mark)
        owned |= await own_records(uow, caller, mark)
        owned["Agreement"] = (await agree(uow, party=mark, scope=mark, version=mark)).id
        owned |= await own_retention(uow, mark)
    # Only the receptionist itself answers calls.
    async with unit_of_work(await job_scope(scope.tenant_id, "tests")) as uow:
        owned |= await _call(uow, caller, mark)
        owned["WebhookDelivery"] = await _delivery(uow, owned["WebhookEndpoint"], mark)
        owned |= await _watched(uow, mark)
        owned["AuditEntry"] = (await AuditEntries(uow).one(AuditEntries(uow).all())).id
    return owned | await own_houses(unit_of_work, scope, mark)


def global_ids(owned: dict[str, UUID]) -> dict[str, str]:
    """The same as clients know it."""
    return {name: write_id(name, id) for name, id in owned.items()}


def kind_of(mutation: str, name: str) -> str:
    """The type of node whose id an input field of a mutation holds."""
    if name in HOLDS:
        return HOLDS[name]
    return next(kind for noun, kind in reversed(NOUNS.items()) if mutation.startswith(noun))


async def _profile(uow: UnitOfWork, practice: Practice, mark: str) -> dict[str, UUID]:
    day = date(2026, 12, 24)
    closure = await business.add_closure(
        uow, practice.location_id, business.Days(day, day), reason=mark
    )
    intake = await business.add_intake(uow, mark, [Question(key="why", ask=f"Why {mark}?")])
    target = await transfers.add_target(uow, mark, "+12125550198")
    item = await knowledge.add(uow, f"What is {mark}?", f"It is {mark}.")
    number = f"+1646{uow.new_id().int % 10_000_000:07}"
    attached = await phone_numbers.attach(uow, number, label=mark)
    listed = await contacts.list_number(uow, "+12125550197", NumberList.BLOCK, reason=mark)
    return {
        "AttachedNumber": attached.id,
        "Closure": closure.id,
        "Intake": intake.id,
        "KnowledgeItem": item.id,
        "ListedNumber": listed.id,
        "TransferTarget": target.id,
    }


async def _inbox(uow: UnitOfWork, caller: Caller, mark: str) -> dict[str, UUID]:
    message = await messages.leave(uow, messages.NewMessage(caller.conversation_id, mark))
    lead = await leads.capture(uow, leads.NewLead(caller.contact_id, mark))
    ticket = await support.open_ticket(uow, mark, mark)
    await usage.record(uow, usage.Use("page.seen", place=mark))
    letter = Sealed.json({"to": [], "subject": mark, "text": mark})
    await CapturedLetters(uow).add(message_id=mark, letter=letter, at=uow.now)
    export = await exports.start(uow, exports.NewExport((SyncKind.LEAD,)))
    found = {SearchKind.CONTACT: caller.contact_id, SearchKind.LEAD: lead.id}
    for kind, id in (found | {SearchKind.MESSAGE: message.id}).items():
        await search.keep(uow, kind, [id])
    owned = {"Lead": lead.id, "Message": message.id, "SupportTicket": ticket.id}
    gone = await request(uow, SubjectKind.CONTACT, uow.new_id(), ErasureReason.REQUEST)
    return owned | {"BulkExport": export.id, "Erasure": gone.id}


async def _visit(uow: UnitOfWork, practice: Practice, caller: Caller, mark: str) -> UUID:
    profile = await business.profile(uow)
    booking = appointments.Booking(
        contact_id=caller.contact_id,
        service_id=practice.cleaning_id,
        starts_at=TOMORROW_AT_TEN,
        notes=mark,
    )
    return (await appointments.book(uow, profile, booking)).id


async def _wait(uow: UnitOfWork, practice: Practice, caller: Caller) -> UUID:
    day = TOMORROW_AT_TEN.date()
    whenever = waitlist.Whenever(day, day)
    waiter = waitlist.Waiter(caller.contact_id, practice.exam_id, whenever)
    return (await waitlist.join(uow, await business.profile(uow), waiter)).id


async def _call(uow: UnitOfWork, caller: Caller, mark: str) -> dict[str, UUID]:
    ringing = calls.Ringing(caller.conversation_id, "fake", str(uow.new_id()), caller.phone)
    call = await calls.ring(uow, ringing)
    recording = await recordings.begin(uow, recordings.Take(call.id, call.conversation_id, 8000))
    said = [turn(uow, 0, f"Hello {mark}"), turn(uow, 1, f"Bye {mark}")]
    turns = await conversations.add_turns(uow, caller.conversation_id, said)
    await search.keep(uow, SearchKind.TURN, [each.id for each in turns])
    given = Evidence(
        CAUTIOUS, Outcome.GRANTED, Manner.EXPRESS, "en-US", mark[:20], offset_ms=0, at=uow.now
    )
    proof = await consent.record(uow, caller.conversation_id, given)
    owned = {"Call": call.id, "Recording": recording.id, "Turn": turns[0].id}
    return owned | {"ConsentRecord": proof.id}


async def _watched(uow: UnitOfWork, mark: str) -> dict[str, UUID]:
    """An alert, an incident, and something that was seen."""
    evidence = {"networks": [mark]}
    alert = await alerts.tell(uow, Finding(Rule.REFUSALS, f"member:{mark}", uow.now, 1, evidence))
    assert alert is not None
    new = incidents.NewIncident(mark, Severity.WARNING, alert_ids=(alert.id,))
    incident = await incidents.open_incident(uow, new)
    await alerts.set_rules(uow, [alerts.RuleChange(Rule.REFUSALS, 50)])
    await Sightings(uow).add(
        kind=SightingKind.WRONG_KEY, subject=f"key:{mark}", network=mark, at=uow.now
    )
    await WatchMarks(uow).move(uow.now)
    return {"SecurityAlert": alert.id, "SecurityIncident": incident.id}


async def _webhook(uow: UnitOfWork, mark: str) -> UUID:
    await settings.enable(uow, Registry(), rules.NAME)
    new = NewEndpoint("https://hooks.example/" + mark, ("*",), description=mark)
    return (await service.create(uow, new, Reach())).endpoint.id


async def _delivery(uow: UnitOfWork, endpoint_id: UUID, mark: str) -> UUID:
    """A delivery of something that has happened, and what came back."""
    happened = await OutboxEntries(uow).one(OutboxEntries(uow).all().filter(kind="event"))
    [delivery] = await WebhookDeliveries(uow).owe(endpoint_id, [happened])
    await WebhookExchanges(uow).add(
        endpoint_id=endpoint_id,
        delivery_id=delivery.id,
        sealed_under=uow.tenant_id,
        attempt=1,
        milliseconds=1,
        request=Sealed.json({"body": mark}),
        at=uow.now,
    )
    return delivery.id


def turn(uow: UnitOfWork, position: int, text: str) -> Any:
    """Something the caller says, a second after the last."""
    return conversations.Said(
        position=position,
        speaker=Speaker.CALLER,
        text=text,
        said_at=uow.now + timedelta(seconds=position),
        offset_ms=1000 * position,
    )
