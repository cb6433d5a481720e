"""One organisation at Zoho CRM: its words, and its requests.

Sources: https://www.zoho.com/crm/developer/docs/api/v8/ (`COQL-Overview`, `insert-records`,
`update-records`, `delete-records`, `search-records`, `field-meta`, `create-custom-field`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from domain.crm.filing import Entry, Found, filled, first_and_last
from domain.crm.ports import CallNote, FieldGone, FieldThere, Kind, NewDeal, NewTask, Person
from domain.crm.wire import Json, Taken, Wire, nonsense, words
from domain.outgoing import objects
from domain.phone import national
from integrations.zoho.wire import meaning, refusal

BASE = "/crm/v8"
# A field of our own, with values that are unique; it is called after its label.
OURS, LABEL = "Deskbell_Id", "Deskbell Id"
MODULES = {
    Kind.CONTACT: "Contacts",
    Kind.CALL: "Calls",
    Kind.LEAD: "Deals",
    Kind.TASK: "Tasks",
}
# Where the person of a record is named.
WHOSE = {Kind.CALL: "Who_Id", Kind.LEAD: "Contact_Name", Kind.TASK: "Who_Id"}
PHONES = ("Phone", "Mobile")
COMPANY = "Account_Name.Account_Name"
SEEN = ("id", "First_Name", "Last_Name", *PHONES, "Email", COMPANY, OURS)
CHANGED = "Modified_Time"
TEXTS = {"text", "textarea", "phone"}
# A last name has to be there.
NO_NAME = "-"
# A question finds ends of numbers: the last four digits, with what people put between them.
BETWEEN = ("", " ", "-", ".")
MOST_FOUND, MOST_CHANGED = 200, 200
LONGEST_SUBJECT, LONGEST_NAME = 255, 120


@dataclass(frozen=True)
class Zoho:
    """Speaks to one organisation; `Filing` makes the port of it."""

    wire: Wire
    stage: str = "Qualification"
    days_to_close: int = 30

    ours = OURS
    address = "Email"

    def person(self, person: Person) -> dict[str, str]:
        """Somebody's fields."""
        first, last = first_and_last(person.name)
        known = filled(First_Name=first, Last_Name=last, Phone=person.phone, Email=person.email)
        return known | dict(person.more)

    def call(self, call: CallNote) -> dict[str, Any]:
        """A call's fields."""
        minutes, seconds = divmod(round(call.milliseconds / 1000), 60)
        values = {
            "Subject": call.title[:LONGEST_SUBJECT],
            "Description": call.words,
            "Call_Type": "Inbound" if call.inbound else "Outbound",
            "Call_Start_Time": _moment(call.at),
            "Call_Duration": f"{minutes:02d}:{seconds:02d}",
        }
        return values if call.inbound else values | {"Outgoing_Call_Status": "Completed"}

    def deal(self, deal: NewDeal) -> dict[str, Any]:
        """A deal's fields."""
        closing = deal.at + timedelta(days=self.days_to_close)
        return {
            "Deal_Name": deal.title[:LONGEST_NAME],
            "Description": deal.words,
            "Stage": self.stage,
            "Closing_Date": closing.date().isoformat(),
        }

    def task(self, task: NewTask) -> dict[str, Any]:
        """A task's fields."""
        return {
            "Subject": task.title[:LONGEST_SUBJECT],
            "Description": task.words,
            "Status": "Not Started",
            "Priority": "High" if task.urgent else "Normal",
            "Due_Date": task.due_at.date().isoformat(),
        }

    async def contact(self, record: str) -> Found | None:
        """Somebody by the id of their record."""
        if not record.isdecimal():
            return None
        return next(iter(await self._people(f"id = {record}")), None)

    async def known(self, kind: Kind, id: UUID, contact: str) -> Found | None:
        """Something by our own field."""
        names = SEEN if kind is Kind.CONTACT else ("id",)
        found = await self._select(kind, names, f"{OURS} = '{id}'", "id asc", 1)
        return _found(found[0]) if found else None

    async def search(self, phone: str, email: str) -> Sequence[Found]:
        """Who may have this number, by the end of it, or address."""
        found = await self._people(_by_number(phone)) if phone else []
        if email:
            query = f"{BASE}/Contacts/search?email={quote(email, safe='')}&fields={','.join(SEEN)}"
            found += [_found(each) for each in objects((await self._ask("GET", query)).get("data"))]
        return sorted({each.record: each for each in found}.values(), key=lambda one: one.record)

    async def changed(self, since: datetime, also: Sequence[str]) -> Sequence[Found]:
        """Who was changed at or after a moment."""
        names, where = (*SEEN, CHANGED, *also), f"{CHANGED} >= '{_moment(since)}'"
        order = f"{CHANGED} asc, id asc"
        found = await self._select(Kind.CONTACT, names, where, order, MOST_CHANGED)
        return [_found(each) for each in found]

    async def create(self, entry: Entry) -> str:
        """Make a record; our own field keeps it from being there twice."""
        values: Json = {**entry.values, OURS: str(entry.id)}
        if entry.kind is Kind.CONTACT:
            values.setdefault("Last_Name", NO_NAME)
        elif entry.contact:
            values[WHOSE[entry.kind]] = {"id": entry.contact}
        return await self._write("POST", f"{BASE}/{MODULES[entry.kind]}", values)

    async def change(self, known: Found, values: Mapping[str, str]) -> None:
        """Write into fields of somebody's record."""
        await self._write("PUT", f"{BASE}/Contacts/{known.record}", dict(values))

    async def delete(self, kind: Kind, record: str) -> None:
        """Delete: it goes into the recycle bin, which no request empties."""
        said = await self._ask("DELETE", f"{BASE}/{MODULES[kind]}/{record}")
        if error := refusal(said):
            raise meaning(error)

    async def fields(self) -> Sequence[FieldThere]:
        """Which fields contacts have."""
        said = await self._ask("GET", f"{BASE}/settings/fields?module=Contacts")
        return [_field(each) for each in objects(said.get("fields"))]

    async def _people(self, where: str) -> list[Found]:
        found = await self._select(Kind.CONTACT, SEEN, where, "id asc", MOST_FOUND)
        return [_found(each) for each in found]

    async def _select(
        self, kind: Kind, names: Sequence[str], where: str, order: str, most: int
    ) -> list[Json]:
        """Ask in COQL; the field of our own is made when it turns out to be missing."""
        module = MODULES[kind]
        # Conditions hold digits, moments and ids: what people say is never part of a question.
        columns = ", ".join(dict.fromkeys(names))
        parts = ("select", columns, "from", module, "where", where, "order by", order)
        asked = {"select_query": " ".join((*parts, "limit", str(most)))}
        try:
            said = await self._ask("POST", f"{BASE}/coql", asked)
        except FieldGone as gone:
            if gone.field != OURS:
                raise
            await self._make_field(module)
            said = await self._ask("POST", f"{BASE}/coql", asked)
        return objects(said.get("data"))

    async def _make_field(self, module: str) -> None:
        made = {
            "field_label": LABEL,
            "data_type": "text",
            "length": 36,
            "unique": {"casesensitive": False},
        }
        path = f"{BASE}/settings/fields?module={module}"
        said = await self._ask("POST", path, {"fields": [made]})
        error = refusal(said)
        if error is not None and not isinstance(meaning(error), Taken):
            raise meaning(error)

    async def _write(self, method: str, path: str, values: Json) -> str:
        # Rules of the business run as if somebody had typed it.
        said = await self._ask(method, path, {"data": [values], "trigger": ["workflow"]})
        if error := refusal(said):
            raise meaning(error)
        return _id(next(iter(objects(said.get("data"))), {}).get("details"))

    async def _ask(self, method: str, path: str, body: Any = None) -> Json:
        said = await self.wire.ask(method, path, body)
        if not isinstance(said, dict):
            raise nonsense()
        return said


def _by_number(phone: str) -> str:
    """A condition in COQL: brackets hold two parts each."""
    end = national(phone)[-4:]
    parts = [f"{name} like '%{end[:2]}{each}{end[2:]}'" for name in PHONES for each in BETWEEN]
    condition = parts[0]
    for part in parts[1:]:
        condition = f"({condition} or {part})"
    return condition


def _found(said: Json) -> Found:
    values = words(said)
    if values.get("Last_Name") == NO_NAME:
        del values["Last_Name"]
    return Found(
        record=_id(said),
        ours=values.get(OURS, ""),
        name=f"{values.get('First_Name', '')} {values.get('Last_Name', '')}".strip(),
        company=values.get(COMPANY) or words(said.get("Account_Name")).get("name", ""),
        phones=tuple(values.get(name, "") for name in PHONES),
        email=values.get("Email", ""),
        values=values,
        changed_at=datetime.fromisoformat(values[CHANGED]) if CHANGED in values else None,
    )


def _field(said: Json) -> FieldThere:
    name, type = str(said.get("api_name", "")), str(said.get("data_type", ""))
    shut = said.get("read_only") or said.get("field_read_only")
    return FieldThere(name, str(said.get("field_label", name)), type, type in TEXTS, not shut)


def _id(said: Any) -> str:
    id = said.get("id") if isinstance(said, dict) else None
    if not isinstance(id, str) or not id:
        raise nonsense()
    return id


def _moment(at: datetime) -> str:
    """A moment to the second: fractions are refused."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
