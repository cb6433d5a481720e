"""One account at HubSpot: its words, and its requests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.crm.filing import Entry, Found, filled, first_and_last
from domain.crm.ports import CallNote, FieldGone, FieldThere, Kind, NewDeal, NewTask, Person
from domain.crm.wire import Json, Taken, Wire, nonsense, words
from domain.outgoing import objects
from domain.phone import national

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
CHANGED = "lastmodifieddate"
MOST_FOUND = 20
MOST_CHANGED = 100


@dataclass(frozen=True)
class HubSpot:
    """Speaks to one account; `Filing` makes the port of it."""

    wire: Wire
    pipeline: str = "default"
    stage: str = "appointmentscheduled"
    """Where deals begin."""

    ours = OURS
    address = "email"

    def person(self, person: Person) -> dict[str, str]:
        """Somebody's fields."""
        first, last = first_and_last(person.name)
        known = filled(firstname=first, lastname=last, phone=person.phone, email=person.email)
        return known | dict(person.more)

    def call(self, call: CallNote) -> dict[str, Any]:
        """A call's fields."""
        side = "from" if call.inbound else "to"
        values = {
            "hs_timestamp": _moment(call.at),
            "hs_call_title": call.title,
            "hs_call_body": call.words,
            "hs_call_duration": str(call.milliseconds),
            "hs_call_direction": "INBOUND" if call.inbound else "OUTBOUND",
            "hs_call_status": "COMPLETED",
        }
        return values | filled(**{f"hs_call_{side}_number": call.phone})

    def deal(self, deal: NewDeal) -> dict[str, Any]:
        """A deal's fields."""
        return {
            "dealname": deal.title,
            "description": deal.words,
            "pipeline": self.pipeline,
            "dealstage": self.stage,
        }

    def task(self, task: NewTask) -> dict[str, Any]:
        """A task's fields."""
        return {
            "hs_timestamp": _moment(task.due_at),
            "hs_task_subject": task.title,
            "hs_task_body": task.words,
            "hs_task_status": "NOT_STARTED",
            "hs_task_type": "TODO",
            "hs_task_priority": "HIGH" if task.urgent else "MEDIUM",
        }

    async def contact(self, record: str) -> Found | None:
        """Somebody by the number of their record."""
        return await self._read("contacts", record)

    async def known(self, kind: Kind, id: UUID, contact: str) -> Found | None:
        """Something by our own field."""
        return await self._read(OBJECTS[kind], str(id), by=OURS)

    async def search(self, phone: str, email: str) -> Sequence[Found]:
        """Who may have this number or address."""
        wanted = [("email", email)] if email else []
        if phone:
            wanted += [(name, phone) for name in PHONES]
            wanted += [(name, national(phone)) for name in CALCULATED]
        groups = [{"filters": [_filter(*each)]} for each in wanted]
        return await self._find(groups, SEEN, "createdate", MOST_FOUND)

    async def changed(self, since: datetime, also: Sequence[str]) -> Sequence[Found]:
        """Who was changed at or after a moment."""
        at = str(round(since.timestamp() * 1000))
        groups = [{"filters": [_filter(CHANGED, at, "GTE")]}]
        return await self._find(groups, (*SEEN, CHANGED, *also), CHANGED, MOST_CHANGED)

    async def create(self, entry: Entry) -> str:
        """Make a record that belongs to a contact, or is one."""
        object, belongs = OBJECTS[entry.kind], []
        if entry.contact:
            type = {
                "associationCategory": "HUBSPOT_DEFINED",
                "associationTypeId": TO_CONTACT[object],
            }
            belongs = [{"to": {"id": entry.contact}, "types": [type]}]
        values = {**entry.values, OURS: str(entry.id)}
        asked = {"properties": values, "associations": belongs}
        said = await self._with_field(object, "POST", f"/crm/v3/objects/{object}", asked)
        return _record(said)

    async def change(self, known: Found, values: Mapping[str, str]) -> None:
        """Write into fields of somebody's record."""
        path = f"/crm/v3/objects/contacts/{known.record}"
        await self._with_field("contacts", "PATCH", path, {"properties": values})

    async def delete(self, kind: Kind, record: str) -> None:
        """Delete: a contact by the endpoint for that, which leaves nothing to restore."""
        if kind is Kind.CONTACT:
            gone = {"objectId": record}
            await self.wire.ask("POST", "/crm/v3/objects/contacts/gdpr-delete", gone)
        else:
            await self.wire.ask("DELETE", f"/crm/v3/objects/{OBJECTS[kind]}/{record}")

    async def fields(self) -> Sequence[FieldThere]:
        """Which properties contacts have."""
        said = await self.wire.ask("GET", "/crm/v3/properties/contacts")
        return [_field(each) for each in objects(said.get("results")) if not each.get("archived")]

    async def _find(
        self, groups: list[Json], names: Sequence[str], order: str, most: int
    ) -> Sequence[Found]:
        asked = {
            "filterGroups": groups,
            "properties": list(names),
            "sorts": [{"propertyName": order, "direction": "ASCENDING"}],
            "limit": most,
        }
        said = await self._with_field("contacts", "POST", "/crm/v3/objects/contacts/search", asked)
        return [_found(each) for each in objects(said.get("results"))]

    async def _read(self, object: str, id: str, *, by: str = "") -> Found | None:
        names = (*SEEN, CHANGED) if object == "contacts" else (OURS,)
        query = f"properties={','.join(names)}"
        where = f"&idProperty={by}" if by else ""
        path = f"/crm/v3/objects/{object}/{id}?{query}{where}"
        try:
            return _found(await self._with_field(object, "GET", path))
        except KeyError:
            return None

    async def _with_field(self, object: str, method: str, path: str, asked: Any = None) -> Any:
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


def _found(said: Json) -> Found:
    values = words(said.get("properties"))
    return Found(
        record=_record(said),
        ours=values.get(OURS, ""),
        name=f"{values.get('firstname', '')} {values.get('lastname', '')}".strip(),
        company=values.get("company", ""),
        phones=tuple(values.get(name, "") for name in PHONES),
        email=values.get("email", ""),
        values=values,
        changed_at=datetime.fromisoformat(values[CHANGED]) if CHANGED in values else None,
    )


def _field(said: Json) -> FieldThere:
    name, type = str(said.get("name", "")), str(said.get("type", ""))
    shut = (said.get("modificationMetadata") or {}).get("readOnlyValue") or said.get("calculated")
    # A choice takes words, too, but its own only.
    return FieldThere(name, str(said.get("label", name)), type, type == "string", not shut)


def _record(said: Json) -> str:
    """The number of a record. Raises `Unavailable` where there is none."""
    id = said.get("id")
    if not isinstance(id, str) or not id:
        raise nonsense()
    return id


def _filter(name: str, value: str, operator: str = "EQ") -> Json:
    return {"propertyName": name, "operator": operator, "value": value}


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
