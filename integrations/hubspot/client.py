"""One account at HubSpot, as the port of customer files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.crm.ports import CallNote, FieldGone, Kind, NewDeal, NewTask, OnFile, Person
from domain.errors import Unavailable
from domain.phone import national, same_number
from integrations.hubspot.wire import Taken, Wire

# A field of our own that tells our records from others, and keeps them from standing there twice.
OURS = "deskbell_id"
OBJECTS = {Kind.CONTACT: "contacts", Kind.CALL: "calls", Kind.LEAD: "deals", Kind.TASK: "tasks"}
GROUPS = {
    "contacts": "contactinformation",
    "calls": "call_information",
    "deals": "dealinformation",
    "tasks": "task_information",
}
# How HubSpot numbers the ways in which records belong to a contact.
TO_CONTACT = {"calls": 194, "deals": 3, "tasks": 204}
SEEN = ("firstname", "lastname", "phone", "mobilephone", "email", "company", OURS)
PHONES = ("phone", "mobilephone")
# Numbers are searched without the code of the country.
CALCULATED = ("hs_searchable_calculated_phone_number", "hs_searchable_calculated_mobile_number")
MOST_FOUND = 20


@dataclass(frozen=True)
class Placing:
    """Where deals go, and how numbers without a country's code are read."""

    pipeline: str = "default"
    stage: str = "appointmentscheduled"
    region: str = "US"


@dataclass(frozen=True)
class HubSpotClient:
    """Speaks to one account; implements the port of customer files."""

    wire: Wire
    placing: Placing = Placing()

    async def find(self, phone: str, email: str) -> Sequence[OnFile]:
        """Who has this number or address."""
        found = await self._search(phone, email)
        return [_on_file(each) for each in found]

    async def upsert_contact(self, person: Person, record: str, *, correct: bool) -> str:
        """See that somebody is on file; found by our id, then by number and address."""
        known = await self._known(person, record)
        if known is None:
            return await self._new_contact(person)
        return await self._fill(person, known, correct)

    async def log_call(self, call: CallNote, contact: str) -> str:
        """A call that is over, with its summary."""
        side = "from" if call.inbound else "to"
        values = {
            "hs_timestamp": _moment(call.at),
            "hs_call_title": call.title,
            "hs_call_body": call.words,
            "hs_call_duration": str(call.milliseconds),
            "hs_call_direction": "INBOUND" if call.inbound else "OUTBOUND",
            "hs_call_status": "COMPLETED",
        }
        if call.phone:
            values[f"hs_call_{side}_number"] = call.phone
        return await self._once("calls", call.call_id, values, contact)

    async def create_lead(self, deal: NewDeal, contact: str) -> str:
        """Somebody's interest, as a deal."""
        values = {
            "dealname": deal.title,
            "description": deal.words,
            "pipeline": self.placing.pipeline,
            "dealstage": self.placing.stage,
        }
        return await self._once("deals", deal.lead_id, values, contact)

    async def create_task(self, task: NewTask, contact: str) -> str:
        """Something to be done."""
        values = {
            "hs_timestamp": _moment(task.due_at),
            "hs_task_subject": task.title,
            "hs_task_body": task.words,
            "hs_task_status": "NOT_STARTED",
            "hs_task_type": "TODO",
            "hs_task_priority": "HIGH" if task.urgent else "MEDIUM",
        }
        return await self._once("tasks", task.message_id, values, contact)

    async def erase(self, kind: Kind, record: str) -> None:
        """Delete for good: a contact by the endpoint for that, which leaves nothing to restore."""
        try:
            if kind is Kind.CONTACT:
                gone = {"objectId": record}
                await self.wire.ask("POST", "/crm/v3/objects/contacts/gdpr-delete", gone)
            else:
                await self.wire.ask("DELETE", f"/crm/v3/objects/{OBJECTS[kind]}/{record}")
        except KeyError:
            return

    async def _known(self, person: Person, record: str) -> dict[str, Any] | None:
        if record and (there := await self._read("contacts", record)):
            return there
        if there := await self._read("contacts", str(person.contact_id), by=OURS):
            return there
        return next(iter(await self._search(person.phone, person.email)), None)

    async def _search(self, phone: str, email: str) -> list[dict[str, Any]]:
        """Whom it knows by a number or address; those of ours first, then the oldest."""
        wanted = [("email", email)] if email else []
        if phone:
            wanted += [(name, phone) for name in PHONES]
            wanted += [(name, national(phone)) for name in CALCULATED]
        if not wanted:
            return []
        asked = {
            "filterGroups": [{"filters": [_equals(*each)]} for each in wanted],
            "properties": list(SEEN),
            "sorts": [{"propertyName": "createdate", "direction": "ASCENDING"}],
            "limit": MOST_FOUND,
        }
        said = await self._with_field("contacts", "POST", "/crm/v3/objects/contacts/search", asked)
        found = [each for each in said.get("results", ()) if self._is_meant(each, phone, email)]
        return sorted(found, key=lambda each: not _said(each).get(OURS))

    def _is_meant(self, found: dict[str, Any], phone: str, email: str) -> bool:
        """Whether it is so: half a number is that of many, in other countries."""
        said = _said(found)
        if email and said.get("email", "").lower() == email.lower():
            return True
        numbers = [said.get(name, "") for name in PHONES]
        return bool(phone) and any(
            each and same_number(each, phone, self.placing.region) for each in numbers
        )

    async def _new_contact(self, person: Person) -> str:
        values = _values(person) | {OURS: str(person.contact_id)}
        try:
            return await self._create("contacts", values, "")
        except Taken as taken:
            # Somebody was faster; or the search does not know yet who was added just now.
            known = (
                await self._read("contacts", str(person.contact_id), by=OURS)
                or (taken.record and await self._read("contacts", taken.record))
                or (person.email and await self._read("contacts", person.email, by="email"))
            )
        if not known:
            raise Unavailable("HubSpot says that somebody is there whom it does not show")
        return await self._fill(person, known, correct=False)

    async def _fill(self, person: Person, known: dict[str, Any], correct: bool) -> str:
        """Say what is not said there; or what is right now, if that is to be corrected."""
        record, there = str(known["id"]), _said(known)
        values = {
            name: value
            for name, value in _values(person).items()
            if there.get(name, "") != value and (correct or not there.get(name))
        }
        if not there.get(OURS):
            values[OURS] = str(person.contact_id)
        if not values:
            return record
        path = f"/crm/v3/objects/contacts/{record}"
        try:
            await self._with_field("contacts", "PATCH", path, {"properties": values})
        except Taken:
            # The address is that of another record there: people share them.
            values.pop("email", None)
            await self._with_field("contacts", "PATCH", path, {"properties": values})
        return record

    async def _once(self, object: str, id: UUID, values: dict[str, str], contact: str) -> str:
        """Create a record, unless it is there under this id of ours."""
        if there := await self._read(object, str(id), by=OURS):
            return str(there["id"])
        try:
            return await self._create(object, values | {OURS: str(id)}, contact)
        except Taken:
            there = await self._read(object, str(id), by=OURS)
        if there is None:
            raise Unavailable("HubSpot says that something is there which it does not show")
        return str(there["id"])

    async def _create(self, object: str, values: Mapping[str, str], contact: str) -> str:
        belongs = {
            "to": {"id": contact},
            "types": [
                {
                    "associationCategory": "HUBSPOT_DEFINED",
                    "associationTypeId": TO_CONTACT.get(object, 0),
                }
            ],
        }
        asked = {"properties": values, "associations": [belongs] if contact else []}
        said = await self._with_field(object, "POST", f"/crm/v3/objects/{object}", asked)
        return _record(said)

    async def _read(self, object: str, id: str, *, by: str = "") -> dict[str, Any] | None:
        query = f"properties={','.join(SEEN)}" if object == "contacts" else f"properties={OURS}"
        where = f"&idProperty={by}" if by else ""
        path = f"/crm/v3/objects/{object}/{id}?{query}{where}"
        try:
            found = await self._with_field(object, "GET", path)
        except KeyError:
            return None
        _record(found)
        return found

    async def _with_field(
        self, object: str, method: str, path: str, asked: Any = None
    ) -> dict[str, Any]:
        """Ask; the field of our own is made when it turns out to be missing."""
        try:
            return await self.wire.ask(method, path, asked)
        except FieldGone as gone:
            if gone.field != OURS:
                raise
        await self._make_field(object)
        return await self.wire.ask(method, path, asked)

    async def _make_field(self, object: str) -> None:
        made = {
            "name": OURS,
            "label": "Deskbell",
            "description": "Written by Deskbell, which finds its records by it.",
            "type": "string",
            "fieldType": "text",
            "groupName": GROUPS[object],
            "hasUniqueValue": True,
        }
        try:
            await self.wire.ask("POST", f"/crm/v3/properties/{object}", made)
        except Taken:
            return


def _values(person: Person) -> dict[str, str]:
    first, _, last = person.name.strip().partition(" ")
    values = {
        "firstname": first,
        "lastname": last.strip(),
        "phone": person.phone,
        "email": person.email,
        **person.more,
    }
    return {name: value for name, value in values.items() if value}


def _on_file(found: dict[str, Any]) -> OnFile:
    said = _said(found)
    name = f"{said.get('firstname', '')} {said.get('lastname', '')}".strip()
    return OnFile(_record(found), name, said.get("company", ""))


def _said(found: dict[str, Any]) -> dict[str, str]:
    """What stands there; what is empty, or of a kind we do not know, is left out."""
    values = found.get("properties")
    if not isinstance(values, dict):
        return {}
    return {name: value for name, value in values.items() if isinstance(value, str)}


def _record(found: dict[str, Any]) -> str:
    """The number of a record. Raises `Unavailable` where there is none."""
    id = found.get("id")
    if not isinstance(id, str) or not id:
        raise Unavailable("HubSpot does not answer as it should")
    return id


def _equals(name: str, value: str) -> dict[str, str]:
    return {"propertyName": name, "operator": "EQ", "value": value}


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
