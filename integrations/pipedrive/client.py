"""One company at Pipedrive: its words, and its requests.

Sources: https://developers.pipedrive.com/docs/api/v1/ (Persons, Activities, PersonFields: version
2; Leads, Notes: version 1, there is no other) and Pipedrive's own client, which is generated from
its description.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from domain.crm.filing import Entry, Found, filled
from domain.crm.ports import CallNote, FieldThere, Kind, NewDeal, NewTask, Person
from domain.crm.wire import Json, Wire, nonsense, words
from domain.outgoing import objects
from domain.phone import national
from integrations.pipedrive.wire import CUSTOM

V1, V2 = "/api/v1", "/api/v2"
OBJECTS = {
    Kind.CONTACT: f"{V2}/persons",
    Kind.CALL: f"{V2}/activities",
    Kind.LEAD: f"{V1}/leads",
    Kind.TASK: f"{V2}/activities",
}
TEXTS = {"varchar", "varchar_auto", "text", "phone"}
# The search finds parts of numbers: so many digits of the end stand together in most of them.
END = 4
MOST_FOUND, MOST_ON_A_PAGE, MOST_CHANGED = 100, 500, 200
# Pages of activities that are looked through for one of ours.
MOST_PAGES = 10
# Its clock and ours differ.
SKEW = timedelta(hours=1)
LONGEST_SUBJECT = 255


@dataclass(frozen=True)
class Pipedrive:
    """Speaks to one company; `Filing` makes the port of it.

    Nothing of Pipedrive's is unique but its own numbers: what is ours is known by a mark in a note
    (activities) or by the `origin_id` (leads), and is looked for before it is made.
    """

    wire: Wire

    ours = ""
    address = "email"

    def person(self, person: Person) -> dict[str, str]:
        """Somebody's fields."""
        known = filled(name=person.name.strip(), phone=person.phone, email=person.email)
        return known | dict(person.more)

    def call(self, call: CallNote) -> dict[str, Any]:
        """A call is an activity that is done."""
        seconds = round(call.milliseconds / 1000)
        return {
            "subject": call.title[:LONGEST_SUBJECT],
            "type": "call",
            "done": True,
            "due_date": call.at.date().isoformat(),
            "due_time": call.at.strftime("%H:%M"),
            "duration": f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}",
            "note": _html(call.words),
        }

    def deal(self, deal: NewDeal) -> dict[str, Any]:
        """A lead, which the business makes a deal of; its words go into a note."""
        return {"title": deal.title, "note": _html(deal.words)}

    def task(self, task: NewTask) -> dict[str, Any]:
        """An activity that is to be done."""
        return {
            "subject": f"{'Urgent: ' if task.urgent else ''}{task.title}"[:LONGEST_SUBJECT],
            "type": "task",
            "done": False,
            "due_date": task.due_at.date().isoformat(),
            "due_time": task.due_at.strftime("%H:%M"),
            "note": _html(task.words),
        }

    async def contact(self, record: str) -> Found | None:
        """Somebody by their number."""
        try:
            said = await self._one("GET", f"{V2}/persons/{int(record)}")
        except (KeyError, ValueError):
            return None
        return None if said.get("is_deleted") else _found(said)

    async def known(self, kind: Kind, id: UUID, contact: str) -> Found | None:
        """Nobody says our ids of people; what else is ours is looked for when it is made."""
        return None

    async def search(self, phone: str, email: str) -> Sequence[Found]:
        """Who may have this number or address."""
        found: dict[str, Found] = {}
        for term, field, exact in _terms(phone, email):
            query = {"term": term, "fields": field, "limit": MOST_FOUND}
            if exact:
                query["exact_match"] = "true"
            said = await self._data("GET", f"{V2}/persons/search?{urlencode(query)}")
            items = objects(said.get("items")) if isinstance(said, dict) else []
            for each in objects([one.get("item") for one in items]):
                found.setdefault(_record(each), _searched(each))
            if found:
                break
        return sorted(found.values(), key=lambda each: int(each.record))

    async def changed(self, since: datetime, also: Sequence[str]) -> Sequence[Found]:
        """Who was changed at or after a moment."""
        query = {
            "updated_since": _moment(since),
            "sort_by": "update_time",
            "sort_direction": "asc",
            "limit": MOST_CHANGED,
        }
        said = await self._data("GET", f"{V2}/persons?{urlencode(query)}")
        return [_found(each) for each in objects(said)]

    async def create(self, entry: Entry) -> str:
        """Make a record, unless it is there."""
        if entry.kind is Kind.CONTACT:
            asked = _written(None, entry.values)
            asked.setdefault("name", entry.values.get("phone") or entry.values.get("email") or "?")
            return _record(await self._one("POST", f"{V2}/persons", asked))
        if entry.kind is Kind.LEAD:
            return await self._lead(entry)
        return await self._activity(entry)

    async def change(self, known: Found, values: Mapping[str, str]) -> None:
        """Write into fields of somebody's record; their other numbers and addresses stay."""
        there = await self._one("GET", f"{V2}/persons/{known.record}")
        await self._one("PATCH", f"{V2}/persons/{known.record}", _written(there, values))

    async def delete(self, kind: Kind, record: str) -> None:
        """Mark as deleted; Pipedrive deletes for good after thirty days."""
        await self.wire.ask("DELETE", f"{OBJECTS[kind]}/{record}")

    async def fields(self) -> Sequence[FieldThere]:
        """Which fields persons have; those of the company's own can be written by their code."""
        said = await self._data("GET", f"{V2}/personFields?limit={MOST_ON_A_PAGE}")
        return [_field(each) for each in objects(said)]

    async def _lead(self, entry: Entry) -> str:
        """A lead and its note; either may be there already."""
        query = urlencode({"person_id": entry.contact, "limit": MOST_ON_A_PAGE})
        leads = objects(await self._data("GET", f"{V1}/leads?{query}"))
        lead = next((each for each in leads if each.get("origin_id") == str(entry.id)), None)
        if lead is None:
            asked = {
                "title": entry.values["title"],
                "person_id": int(entry.contact),
                "origin_id": str(entry.id),
            }
            lead = await self._one("POST", f"{V1}/leads", asked)
        record = _record(lead)
        if not objects(await self._data("GET", f"{V1}/notes?{urlencode({'lead_id': record})}")):
            note = {"content": entry.values["note"], "lead_id": record}
            await self._one("POST", f"{V1}/notes", note)
        return record

    async def _activity(self, entry: Entry) -> str:
        values, mark = dict(entry.values), f"Deskbell {entry.id}"
        if known := await self._marked(mark, _due(values) - SKEW):
            return known
        values["note"] = f"{values['note']}<br>{mark}"
        if entry.contact:
            values["participants"] = [{"person_id": int(entry.contact), "primary": True}]
        return _record(await self._one("POST", f"{V2}/activities", values))

    async def _marked(self, mark: str, since: datetime) -> str:
        """The activity that bears our mark; none can be older than what it is about."""
        cursor = ""
        for _ in range(MOST_PAGES):
            query = {"updated_since": _moment(since), "limit": MOST_ON_A_PAGE}
            if cursor:
                query["cursor"] = cursor
            said = await self.wire.ask("GET", f"{V2}/activities?{urlencode(query)}")
            for each in objects(said.get("data")):
                if mark in str(each.get("note")):
                    return _record(each)
            cursor = words(said.get("additional_data")).get("next_cursor", "")
            if not cursor:
                return ""
        raise nonsense()

    async def _data(self, method: str, path: str, body: Any = None) -> Any:
        said = await self.wire.ask(method, path, body)
        if not isinstance(said, dict) or said.get("success") is not True:
            raise nonsense()
        return said.get("data")

    async def _one(self, method: str, path: str, body: Any = None) -> Json:
        said = await self._data(method, path, body)
        if not isinstance(said, dict):
            raise nonsense()
        return said


def _terms(phone: str, email: str) -> list[tuple[str, str, bool]]:
    """What is looked for, where, and whether all of it; until somebody is found."""
    wanted = [(phone, "phone", True), (national(phone)[-END:], "phone", False)] if phone else []
    return wanted + ([(email, "email", True)] if email else [])


def _written(there: Json | None, values: Mapping[str, Any]) -> Json:
    """Fields as Pipedrive takes them: numbers and addresses in lists, what is ours first."""
    asked: Json = {}
    if "name" in values:
        asked["name"] = values["name"]
    for one, many in (("phone", "phones"), ("email", "emails")):
        if one in values:
            others = objects(there.get(many)) if there else []
            kept = [{**each, "primary": False} for each in others if not each.get("primary")]
            asked[many] = [{"value": values[one], "primary": True, "label": "work"}, *kept]
    custom = {name: value for name, value in values.items() if CUSTOM.fullmatch(name)}
    return asked | ({"custom_fields": custom} if custom else {})


def _found(said: Json) -> Found:
    phones, emails = _values(said, "phones"), _values(said, "emails")
    name = _name(str(said.get("name") or ""))
    changed = said.get("update_time")
    return Found(
        record=_record(said),
        name=name,
        phones=tuple(phones),
        email=next(iter(emails), ""),
        values=words(said.get("custom_fields"))
        | filled(name=name, phone=next(iter(phones), ""), email=next(iter(emails), "")),
        changed_at=_read(changed) if isinstance(changed, str) else None,
    )


def _searched(item: Json) -> Found:
    """Somebody as the search shows them: numbers and addresses are plain words there."""
    phones = [each for each in item.get("phones") or () if isinstance(each, str)]
    emails = [each for each in item.get("emails") or () if isinstance(each, str)]
    name, first = _name(str(item.get("name") or "")), next(iter(phones), "")
    email = next(iter(emails), "")
    return Found(
        record=_record(item),
        name=name,
        company=words(item.get("organization")).get("name", ""),
        phones=tuple(phones),
        email=email,
        values=words(item.get("custom_fields")) | filled(name=name, phone=first, email=email),
    )


def _name(said: str) -> str:
    """A number or an address that stands in for a name is none."""
    return said if any(each.isalpha() for each in said) and "@" not in said else ""


def _values(said: Json, name: str) -> list[str]:
    """Numbers or addresses, the first one first."""
    entries = sorted(objects(said.get(name)), key=lambda each: not each.get("primary"))
    return [each["value"] for each in entries if isinstance(each.get("value"), str)]


def _field(said: Json) -> FieldThere:
    code, type = str(said.get("field_code", "")), str(said.get("field_type", ""))
    custom = CUSTOM.fullmatch(code) is not None
    return FieldThere(code, str(said.get("field_name", "")), type, type in TEXTS, custom)


def _record(said: Json) -> str:
    id = said.get("id")
    if not isinstance(id, int | str) or not id:
        raise nonsense()
    return str(id)


def _html(text: str) -> str:
    """Words of callers are never markup."""
    return escape(text, quote=False).replace("\n", "<br>")


def _due(values: Json) -> datetime:
    return datetime.fromisoformat(f"{values['due_date']}T{values['due_time']}").replace(tzinfo=UTC)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(said: str) -> datetime:
    at = datetime.fromisoformat(said)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
