"""A Pipedrive of our own that keeps to its documented behaviour.

Written from https://developers.pipedrive.com/docs/api/v1/ and the types of Pipedrive's own client.
Requests are checked: names that version 2 does not know are refused, as it does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.requests import Request

from tests.fakes.crm import Do, Failure, FakeCrm, Refusal, Row, Standing

PERSON = {"name", "emails", "phones", "custom_fields", "owner_id", "org_id", "label_ids"}
ACTIVITY = {
    *("subject", "type", "owner_id", "deal_id", "lead_id", "org_id", "due_date", "due_time"),
    *("duration", "busy", "done", "participants", "note", "priority", "public_description"),
}
LEAD = {
    *("title", "owner_id", "person_id", "organization_id", "value", "expected_close_date"),
    "origin_id",
}
NOTE = {"content", "lead_id", "deal_id", "person_id"}
CUSTOM = "dcf558aac1ae4e8c4f849ba5e668430d8df9be12"
FIELDS = {
    "name": ("Name", "varchar"),
    "phone": ("Phone", "phone"),
    "email": ("Email", "varchar"),
    CUSTOM: ("Heard of us", "varchar"),
    "f" * 40: ("Number of children", "double"),
}


def wrong(status: int, error: str) -> Refusal:
    return Refusal(status, {"success": False, "error": error, "error_info": "", "data": None})


@dataclass
class FakePipedrive(FakeCrm):
    """One company."""

    fields: dict[str, tuple[str, str]] = field(default_factory=lambda: dict(FIELDS))
    rows: dict[str, dict[str, Row]] = field(
        default_factory=lambda: {name: {} for name in ("persons", "activities", "leads", "notes")}
    )
    companies: dict[str, str] = field(default_factory=dict)

    def requests(self) -> Sequence[tuple[str, str, Do]]:
        return (
            ("GET", "/api/v2/persons/search", self._search),
            ("GET", "/api/v2/personFields", self._fields),
            ("GET", "/api/v2/persons/{id}", self._get),
            ("GET", "/api/v2/persons", self._list("persons")),
            ("POST", "/api/v2/persons", self._adding("persons", PERSON)),
            ("PATCH", "/api/v2/persons/{id}", self._update),
            ("DELETE", "/api/v2/persons/{id}", self._deleting("persons")),
            ("GET", "/api/v2/activities", self._list("activities")),
            ("POST", "/api/v2/activities", self._adding("activities", ACTIVITY)),
            ("DELETE", "/api/v2/activities/{id}", self._deleting("activities")),
            ("GET", "/api/v1/leads", self._of("leads", "person_id")),
            ("POST", "/api/v1/leads", self._adding("leads", LEAD)),
            ("DELETE", "/api/v1/leads/{id}", self._deleting("leads")),
            ("GET", "/api/v1/notes", self._of("notes", "lead_id")),
            ("POST", "/api/v1/notes", self._adding("notes", NOTE)),
        )

    def unauthorized(self) -> Any:
        return {"success": False, "error": "Unauthorized access", "errorCode": 401}

    def busy(self, seconds: int) -> Failure:
        headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(seconds)}
        return Failure(429, headers, {"success": False, "error": "request over limit"})

    def used_up(self) -> Failure:
        """How it says that the day's budget is used up: the burst is not."""
        headers = {"x-ratelimit-remaining": "17", "x-ratelimit-reset": "2"}
        return Failure(429, headers, {"success": False, "error": "request over limit"})

    def add(self, name: str, **values: str) -> str:
        row = _person(name, [values.get("phone"), values.get("mobile")], values.get("email"))
        record = self._put("persons", row)
        if "company" in values:
            self.companies[record] = values["company"]
        return record

    def touch(self, record: str, **values: str) -> None:
        row = self.rows["persons"][record]
        custom = {name: values[name] for name in values if name in self.fields and len(name) > 5}
        numbers = [values[name] for name in ("phone",) if name in values]
        new = _person(values.get("name", row["name"]), numbers, values.get("email"))
        for name in ("phones", "emails"):
            new[name] = new[name] or row[name]
        row |= new | {"custom_fields": row["custom_fields"] | custom, "update_time": self.tick()}

    def people(self) -> list[Standing]:
        return [
            Standing(
                str(row["id"]),
                row["name"],
                next((each["value"] for each in row["phones"] if each["primary"]), ""),
                next((each["value"] for each in row["emails"] if each["primary"]), ""),
                values=row["custom_fields"],
            )
            for row in self._living("persons")
        ]

    def noted(self, kind: str) -> list[Standing]:
        if kind == "lead":
            notes = {row["lead_id"]: row["content"] for row in self.rows["notes"].values()}
            return [
                Standing(row["id"], row["title"], words=notes[row["id"]], values=row)
                for row in self._living("leads")
            ]
        return [
            Standing(
                str(row["id"]),
                row["subject"],
                words=row["note"],
                contact=str(row["participants"][0]["person_id"]),
                values=row,
            )
            for row in self._living("activities")
            if row["type"] == kind
        ]

    def _living(self, table: str) -> list[Row]:
        return [row for row in self.rows[table].values() if not row["is_deleted"]]

    def _put(self, table: str, values: Row) -> str:
        number = next(self.ids)
        id: Any = f"adf21080-0e10-11eb-879b-{number:012d}" if table == "leads" else number
        usual = {"is_deleted": False, "custom_fields": {}, "phones": [], "emails": []}
        row = {**usual, **values}
        self.rows[table][str(id)] = {**row, "id": id, "update_time": self.tick()}
        return str(id)

    def _search(self, request: Request, body: Any) -> Any:
        query = request.query_params
        term, exact = query["term"].lower(), query.get("exact_match") == "true"
        if len(term) < 2 and not exact:
            raise wrong(400, "term must have at least 2 characters")
        many = {"phone": "phones", "email": "emails"}[query["fields"]]
        items = []
        for row in [] if self.invisible else self._living("persons"):
            values = [each["value"].lower() for each in row[many]]
            if any(each == term if exact else term in each for each in values):
                items.append({"result_score": 1.0, "item": self._item(row)})
        return {"success": True, "data": {"items": items[: int(query["limit"])]}}

    def _item(self, row: Row) -> Row:
        company = self.companies.get(str(row["id"]))
        return {
            "id": row["id"],
            "type": "person",
            "name": row["name"],
            "phones": [each["value"] for each in row["phones"]],
            "emails": [each["value"] for each in row["emails"]],
            "organization": {"id": 1, "name": company, "address": None} if company else None,
            # The search shows the values of custom fields in no order, without their codes.
            "custom_fields": list(row["custom_fields"].values()),
        }

    def _fields(self, request: Request, body: Any) -> Any:
        known = [
            {"field_code": code, "field_name": name, "field_type": type}
            for code, (name, type) in self.fields.items()
        ]
        return {"success": True, "data": known, "additional_data": {"next_cursor": None}}

    def _get(self, request: Request, body: Any) -> Any:
        return {"success": True, "data": self._there("persons", request)}

    def _update(self, request: Request, body: Any) -> Any:
        row = self._there("persons", request)
        self._check(body, PERSON)
        custom = row["custom_fields"] | body.get("custom_fields", {})
        row |= body | {"custom_fields": custom, "update_time": self.tick()}
        return {"success": True, "data": row}

    def _adding(self, table: str, names: set[str]) -> Do:
        def add(request: Request, body: Any) -> Any:
            self._check(body, names)
            record = self._put(table, body)
            return 201, {"success": True, "data": self.rows[table][record]}

        return add

    def _deleting(self, table: str) -> Do:
        def delete(request: Request, body: Any) -> Any:
            row = self._there(table, request)
            row["is_deleted"] = True
            return {"success": True, "data": {"id": row["id"]}}

        return delete

    def _list(self, table: str) -> Do:
        def show(request: Request, body: Any) -> Any:
            since = datetime.fromisoformat(request.query_params["updated_since"])
            rows = [
                row
                for row in self._living(table)
                if datetime.fromisoformat(row["update_time"]) >= since
            ]
            rows.sort(key=lambda row: str(row["update_time"]))
            limit, start = int(request.query_params["limit"]), request.query_params.get("cursor")
            begin = int(start or 0)
            more = str(begin + limit) if len(rows) > begin + limit else None
            page = rows[begin : begin + limit]
            return {"success": True, "data": page, "additional_data": {"next_cursor": more}}

        return show

    def _of(self, table: str, name: str) -> Do:
        def show(request: Request, body: Any) -> Any:
            wanted = request.query_params[name]
            rows = [row for row in self._living(table) if str(row.get(name)) == wanted]
            # Version 1 says nothing at all where there is nothing.
            return {"success": True, "data": rows or None}

        return show

    def _there(self, table: str, request: Request) -> Row:
        row = self.rows[table].get(request.path_params["id"])
        if row is None or row["is_deleted"]:
            raise wrong(404, "not found")
        return row

    def _check(self, body: Row, names: set[str]) -> None:
        for name in body.keys() - names:
            raise wrong(400, f"Validation failed: {name} is not allowed")
        for code in body.get("custom_fields", {}).keys() - self.fields.keys():
            raise wrong(400, f"Validation failed: custom_fields: {code} does not exist")
        for one in body.get("participants", ()):
            if str(one["person_id"]) not in self.rows["persons"]:
                raise wrong(400, "participant does not exist")


def _person(name: str, phones: list[str | None], email: str | None) -> Row:
    numbers = [each for each in phones if each]
    return {
        "name": name,
        "phones": [{"value": each, "primary": not at} for at, each in enumerate(numbers)],
        "emails": [{"value": email, "primary": True}] if email else [],
    }
