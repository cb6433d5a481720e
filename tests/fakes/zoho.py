"""A Zoho CRM of our own that keeps to its documented behaviour.

Written from https://www.zoho.com/crm/developer/docs/api/v8/ . Questions have to be COQL, and a
field that is not there is ignored when it is written, as Zoho does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from tests.fakes.crm import Do, Failure, FakeCrm, Refusal, Row, Standing
from tests.fakes.questions import Malformed, understood

BASE = "/crm/v8"
OURS = "Deskbell_Id"
COMPANY = "Account_Name.Account_Name"
ALWAYS = "id Modified_Time"
FIELDS = {
    "Contacts": f"{ALWAYS} First_Name Last_Name Phone Mobile Email {COMPANY} Heard_Of",
    "Calls": f"{ALWAYS} Subject Description Call_Type Call_Start_Time Call_Duration Who_Id"
    " Outgoing_Call_Status",
    "Deals": f"{ALWAYS} Deal_Name Description Stage Closing_Date Contact_Name",
    "Tasks": f"{ALWAYS} Subject Description Status Priority Due_Date Who_Id",
}
NEEDED = {
    "Contacts": ("Last_Name",),
    "Calls": ("Subject", "Call_Type", "Call_Start_Time", "Call_Duration"),
    "Deals": ("Deal_Name", "Stage", "Closing_Date"),
    "Tasks": ("Subject",),
}


def error(code: str, message: str, **details: Any) -> Row:
    return {"code": code, "details": details, "message": message, "status": "error"}


@dataclass
class FakeZoho(FakeCrm):
    """One organisation."""

    scheme: str = "Zoho-oauthtoken"
    fields: dict[str, set[str]] = field(
        default_factory=lambda: {name: set(words.split()) for name, words in FIELDS.items()}
    )
    unique: set[tuple[str, str]] = field(default_factory=set)
    rows: dict[str, dict[str, Row]] = field(default_factory=lambda: {name: {} for name in FIELDS})

    def requests(self) -> Sequence[tuple[str, str, Do]]:
        return (
            ("POST", f"{BASE}/coql", self._query),
            ("GET", f"{BASE}/settings/fields", self._describe),
            ("POST", f"{BASE}/settings/fields", self._make_field),
            ("GET", f"{BASE}/Contacts/search", self._search),
            ("POST", f"{BASE}/{{module}}", self._create),
            ("PUT", f"{BASE}/{{module}}/{{id}}", self._update),
            ("DELETE", f"{BASE}/{{module}}/{{id}}", self._delete),
        )

    def unauthorized(self) -> Any:
        return error("INVALID_TOKEN", "invalid oauth token")

    def used_up(self) -> Failure:
        """How it says that the credits of a day were used."""
        said = error("TOO_MANY_REQUESTS", "You have used all your API credits for 24 hours")
        return Failure(429, body=said)

    def add(self, name: str, **values: str) -> str:
        names = {"phone": "Phone", "mobile": "Mobile", "email": "Email", "company": COMPANY}
        first, _, last = name.rpartition(" ")
        row: Row = {names[key]: value for key, value in values.items()}
        return self._put("Contacts", row | {"First_Name": first, "Last_Name": last})

    def touch(self, record: str, **values: str) -> None:
        first, _, last = values.pop("name", "").rpartition(" ")
        names = {"phone": "Phone", "email": "Email"}
        row = {names.get(key, key): value for key, value in values.items()}
        row |= {"First_Name": first, "Last_Name": last} if last else {}
        self.rows["Contacts"][record] |= row | {"Modified_Time": self.tick()}

    def people(self) -> list[Standing]:
        return [
            Standing(
                id,
                f"{row.get('First_Name') or ''} {row.get('Last_Name') or ''}".strip(),
                row.get("Phone") or "",
                row.get("Email") or "",
                values=row,
            )
            for id, row in self.rows["Contacts"].items()
        ]

    def noted(self, kind: str) -> list[Standing]:
        module = {"call": "Calls", "lead": "Deals", "task": "Tasks"}[kind]
        title = "Deal_Name" if kind == "lead" else "Subject"
        whose = "Contact_Name" if kind == "lead" else "Who_Id"
        return [
            Standing(id, row[title], words=row["Description"], contact=row[whose]["id"], values=row)
            for id, row in self.rows[module].items()
        ]

    def _put(self, module: str, values: Row) -> str:
        id = f"{554023000000000000 + next(self.ids)}"
        known = {name: each for name, each in values.items() if name in self.fields[module]}
        self.rows[module][id] = {**known, "id": id, "Modified_Time": self.tick()}
        return id

    def _query(self, request: Request, body: Any) -> Any:
        try:
            asked = understood(body["select_query"])
        except Malformed as malformed:
            raise Refusal(400, error("SYNTAX_ERROR", str(malformed))) from malformed
        for name in sorted(asked.names):
            if name not in self.fields[asked.table]:
                message = "invalid query formed"
                raise Refusal(400, error("INVALID_QUERY", message, column_name=name))
        found = [row for row in self.rows[asked.table].values() if asked.holds(row)]
        found.sort(key=lambda row: [str(row.get(name)) for name in asked.order])
        if not found:
            return None
        shown = [{name: row.get(name) for name in asked.columns} for row in found[: asked.most]]
        info = {"count": len(shown), "more_records": len(found) > asked.most}
        return {"data": shown, "info": info}

    def _search(self, request: Request, body: Any) -> Any:
        wanted = request.query_params["email"].lower()
        found = [
            # It shows whom a record belongs to as a thing of its own.
            {**row, "Account_Name": {"name": row.get(COMPANY), "id": "1"}}
            for row in self.rows["Contacts"].values()
            if not self.invisible and str(row.get("Email")).lower() == wanted
        ]
        return {"data": found, "info": {"more_records": False}} if found else None

    def _describe(self, request: Request, body: Any) -> Any:
        known = sorted(self.fields[request.query_params["module"]])
        shown = [
            {
                "api_name": name,
                "field_label": name.replace("_", " "),
                "data_type": "text",
                "read_only": name in ALWAYS.split(),
            }
            for name in known
            if "." not in name
        ]
        return {"fields": shown}

    def _make_field(self, request: Request, body: Any) -> Any:
        module, [new] = request.query_params["module"], body["fields"]
        name = new["field_label"].replace(" ", "_")
        if name in self.fields[module]:
            message = "Failed to add the field"
            return 202, {"fields": [error("DUPLICATE_DATA", message, api_name=name)]}
        self.fields[module].add(name)
        if new.get("unique"):
            self.unique.add((module, name))
        return 201, {"fields": [{"code": "SUCCESS", "details": {"id": "1"}, "status": "success"}]}

    def _create(self, request: Request, body: Any) -> Any:
        module, [row] = request.path_params["module"], body["data"]
        for name in NEEDED[module]:
            if not row.get(name):
                said = error("MANDATORY_NOT_FOUND", "required field not found", api_name=name)
                return 400, {"data": [said]}
        if problem := self._problem(module, row, ""):
            return 400, {"data": [problem]}
        return 201, {"data": [self._done(self._put(module, row))]}

    def _update(self, request: Request, body: Any) -> Any:
        module, id, [row] = (*request.path_params.values(), body["data"])
        if id not in self.rows[module]:
            return 400, {"data": [error("INVALID_DATA", "the id given seems to be invalid", id=id)]}
        if problem := self._problem(module, row, id):
            return 202, {"data": [problem]}
        known = {name: each for name, each in row.items() if name in self.fields[module]}
        self.rows[module][id] |= known | {"Modified_Time": self.tick()}
        return {"data": [self._done(id)]}

    def _delete(self, request: Request, body: Any) -> Any:
        module, id = request.path_params.values()
        if self.rows[module].pop(id, None) is None:
            return 400, {"data": [error("INVALID_DATA", "the id given seems to be invalid", id=id)]}
        return {"data": [self._done(id)]}

    def _problem(self, module: str, row: Row, id: str) -> Row | None:
        others = {key: each for key, each in self.rows[module].items() if key != id}
        for name in (*(each for each in row if (module, each) in self.unique), "Email"):
            value = str(row.get(name) or "").lower()
            same = [key for key, each in others.items() if str(each.get(name)).lower() == value]
            if (value and same and module == "Contacts") or (same and name == OURS):
                found = {"id": same[0], "module": {"api_name": module}}
                message = "duplicate data"
                return error("DUPLICATE_DATA", message, api_name=name, duplicate_record=found)
        whose = row.get("Who_Id") or row.get("Contact_Name")
        if whose and whose["id"] not in self.rows["Contacts"]:
            return error("INVALID_DATA", "invalid data", api_name="Who_Id")
        return None

    def _done(self, id: str) -> Row:
        return {"code": "SUCCESS", "details": {"id": id}, "message": "", "status": "success"}
