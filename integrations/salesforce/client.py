"""One organisation at Salesforce: its words, and its requests.

Sources: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/ (`dome_upsert`,
`resources_composite_composite`, `resources_query`, `resources_sobject_describe`) and
https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from domain.crm.filing import Entry, Found, filled, first_and_last
from domain.crm.ports import CallNote, FieldThere, Kind, NewDeal, NewTask, Person
from domain.crm.wire import Json, Wire, nonsense, words
from domain.outgoing import objects
from domain.phone import national
from integrations.salesforce.soql import literal, moment, select, written_anyhow
from integrations.salesforce.wire import meaning

BASE = "/services/data/v62.0"
# The external id by which our records are found: an administrator makes the field.
OURS = "Deskbell_Id__c"
OBJECTS = {
    Kind.CONTACT: "Contact",
    Kind.CALL: "Task",
    Kind.LEAD: "Opportunity",
    Kind.TASK: "Task",
}
PHONES = ("Phone", "MobilePhone")
SEEN = ("Id", "FirstName", "LastName", *PHONES, "Email", "Account.Name", OURS)
CHANGED = "SystemModstamp"
TEXTS = {"string", "textarea", "phone"}
# A last name has to be there.
NO_NAME = "-"
MOST_FOUND, MOST_CHANGED = 20, 200
LONGEST = {"Subject": 255, "Name": 120}


@dataclass(frozen=True)
class Salesforce:
    """Speaks to one organisation; `Filing` makes the port of it."""

    wire: Wire
    stage: str = "Prospecting"
    days_to_close: int = 30

    ours = OURS
    address = "Email"

    def person(self, person: Person) -> dict[str, str]:
        """Somebody's fields."""
        first, last = first_and_last(person.name)
        known = filled(FirstName=first, LastName=last, Phone=person.phone, Email=person.email)
        return known | dict(person.more)

    def call(self, call: CallNote) -> dict[str, Any]:
        """A call is a task that is done."""
        return {
            "Subject": call.title[: LONGEST["Subject"]],
            "Description": call.words,
            "Status": "Completed",
            "Priority": "Normal",
            "TaskSubtype": "Call",
            "CallType": "Inbound" if call.inbound else "Outbound",
            "CallDurationInSeconds": round(call.milliseconds / 1000),
            "ActivityDate": call.at.date().isoformat(),
        }

    def deal(self, deal: NewDeal) -> dict[str, Any]:
        """An opportunity's fields."""
        closing = deal.at + timedelta(days=self.days_to_close)
        return {
            "Name": deal.title[: LONGEST["Name"]],
            "Description": deal.words,
            "StageName": self.stage,
            "CloseDate": closing.date().isoformat(),
        }

    def task(self, task: NewTask) -> dict[str, Any]:
        """A task's fields."""
        return {
            "Subject": task.title[: LONGEST["Subject"]],
            "Description": task.words,
            "Status": "Not Started",
            "Priority": "High" if task.urgent else "Normal",
            "ActivityDate": task.due_at.date().isoformat(),
        }

    async def contact(self, record: str) -> Found | None:
        """Somebody by the id of their record."""
        return next(iter(await self._people(f"Id = {literal(record)}")), None)

    async def known(self, kind: Kind, id: UUID, contact: str) -> Found | None:
        """Something by our external id."""
        where = f"{OURS} = {literal(str(id))}"
        if kind is Kind.CONTACT:
            return next(iter(await self._people(where)), None)
        found = await self._query(select(("Id",), OBJECTS[kind], where, "Id", 1))
        return Found(_record(found[0], "Id")) if found else None

    async def search(self, phone: str, email: str) -> Sequence[Found]:
        """Who may have this number, however it is written there, or address."""
        wanted = [f"Email = {literal(email)}"] if email else []
        if phone:
            pattern = written_anyhow(national(phone))
            wanted += [f"{name} LIKE {pattern}" for name in PHONES]
        return await self._people(" OR ".join(wanted))

    async def changed(self, since: datetime, also: Sequence[str]) -> Sequence[Found]:
        """Who was changed at or after a moment."""
        where, names = f"{CHANGED} >= {moment(since)}", (*SEEN, CHANGED, *also)
        order = f"{CHANGED}, Id"
        return [
            _found(each)
            for each in await self._query(select(names, "Contact", where, order, MOST_CHANGED))
        ]

    async def create(self, entry: Entry) -> str:
        """Make a record, or find that it is there: the same id of ours is the same record."""
        values = dict(entry.values)
        if entry.kind is Kind.LEAD:
            return await self._opportunity(entry, values)
        if entry.kind is Kind.CONTACT:
            values.setdefault("LastName", NO_NAME)
        elif entry.contact:
            values["WhoId"] = entry.contact
        return _record(await self.wire.ask("PATCH", _ours(entry), values), "id")

    async def change(self, known: Found, values: Mapping[str, str]) -> None:
        """Write into fields of somebody's record."""
        await self.wire.ask("PATCH", f"{BASE}/sobjects/Contact/{_path(known.record)}", dict(values))

    async def delete(self, kind: Kind, record: str) -> None:
        """Delete: it goes into the recycle bin, which no REST request empties."""
        await self.wire.ask("DELETE", f"{BASE}/sobjects/{OBJECTS[kind]}/{_path(record)}")

    async def fields(self) -> Sequence[FieldThere]:
        """Which fields contacts have."""
        said = await self.wire.ask("GET", f"{BASE}/sobjects/Contact/describe")
        return [
            FieldThere(
                str(each.get("name", "")),
                str(each.get("label", "")),
                str(each.get("type", "")),
                each.get("type") in TEXTS,
                each.get("updateable") is True,
            )
            for each in objects(said.get("fields"))
        ]

    async def _opportunity(self, entry: Entry, values: Json) -> str:
        """It and whose it is, together or not at all."""
        role = {"OpportunityId": "@{deal.id}", "ContactId": entry.contact, "IsPrimary": True}
        parts = [
            {"method": "PATCH", "url": _ours(entry), "referenceId": "deal", "body": values},
            {
                "method": "POST",
                "url": f"{BASE}/sobjects/OpportunityContactRole",
                "referenceId": "role",
                "body": role,
            },
        ]
        asked = {"allOrNone": True, "compositeRequest": parts if entry.contact else parts[:1]}
        said = await self.wire.ask("POST", f"{BASE}/composite", asked)
        answers = objects(said.get("compositeResponse"))
        for each in answers:
            status, errors = int(each.get("httpStatusCode", 0)), objects(each.get("body"))
            # The others say only that they were not done because of the one that was wrong.
            if not 200 <= status < 300 and not _is_halted(errors):
                raise meaning(status, errors)
        return _record(answers[0].get("body") if answers else None, "id")

    async def _people(self, where: str) -> list[Found]:
        question = select(SEEN, "Contact", where, "CreatedDate", MOST_FOUND)
        return [_found(each) for each in await self._query(question)]

    async def _query(self, question: str) -> list[Json]:
        said = await self.wire.ask("GET", f"{BASE}/query?q={quote(question, safe='')}")
        if not isinstance(said, dict):
            raise nonsense()
        return objects(said.get("records"))


def _found(said: Json) -> Found:
    values = words(said)
    if values.get("LastName") == NO_NAME:
        del values["LastName"]
    account = said.get("Account")
    return Found(
        record=_record(said, "Id"),
        ours=values.get(OURS, ""),
        name=f"{values.get('FirstName', '')} {values.get('LastName', '')}".strip(),
        company=words(account).get("Name", ""),
        phones=tuple(values.get(name, "") for name in PHONES),
        email=values.get("Email", ""),
        values=values,
        changed_at=datetime.fromisoformat(values[CHANGED]) if CHANGED in values else None,
    )


def _record(said: Any, name: str) -> str:
    id = said.get(name) if isinstance(said, dict) else None
    if not isinstance(id, str) or not id:
        raise nonsense()
    return id


def _ours(entry: Entry) -> str:
    return f"{BASE}/sobjects/{OBJECTS[entry.kind]}/{OURS}/{entry.id}"


def _path(record: str) -> str:
    return quote(record, safe="")


def _is_halted(errors: list[Json]) -> bool:
    return any(each.get("errorCode") == "PROCESSING_HALTED" for each in errors)
