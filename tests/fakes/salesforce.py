"""A Salesforce of our own that keeps to its documented behaviour.

Written from https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/ . Requests
are checked: what they name has to be there, and what they ask has to be SOQL.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from tests.fakes.crm import Do, Failure, FakeCrm, Refusal, Row, Standing
from tests.fakes.questions import Malformed, understood

BASE = "/services/data/v62.0"
OURS = "Deskbell_Id__c"
ALWAYS = "Id SystemModstamp CreatedDate"
FIELDS = {
    "Contact": f"{ALWAYS} FirstName LastName Phone MobilePhone Email Account.Name {OURS}",
    "Task": f"{ALWAYS} Subject Description Status Priority TaskSubtype CallType"
    f" CallDurationInSeconds ActivityDate WhoId {OURS}",
    "Opportunity": f"{ALWAYS} Name Description StageName CloseDate {OURS}",
    "OpportunityContactRole": f"{ALWAYS} OpportunityId ContactId IsPrimary",
}
NEEDED = {
    "Contact": ("LastName",),
    "Task": (),
    "Opportunity": ("Name", "StageName", "CloseDate"),
    "OpportunityContactRole": ("OpportunityId", "ContactId"),
}
PREFIX = {"Contact": "003", "Task": "00T", "Opportunity": "006", "OpportunityContactRole": "00K"}


def wrong(status: int, code: str, message: str, *fields: str, **more: Any) -> Refusal:
    return Refusal(status, [{"message": message, "errorCode": code, "fields": [*fields], **more}])


@dataclass
class FakeSalesforce(FakeCrm):
    """One organisation."""

    fields: dict[str, set[str]] = field(
        default_factory=lambda: {name: set(words.split()) for name, words in FIELDS.items()}
    )
    rows: dict[str, dict[str, Row]] = field(default_factory=lambda: {name: {} for name in FIELDS})
    questions: list[str] = field(default_factory=list)
    matching: str = ""
    """A record that a duplicate rule finds for everybody."""

    def requests(self) -> Sequence[tuple[str, str, Do]]:
        objects = f"{BASE}/sobjects/{{object}}"
        return (
            ("GET", f"{BASE}/query", self._query),
            ("POST", f"{BASE}/composite", self._composite),
            ("GET", f"{objects}/describe", self._describe),
            ("POST", objects, self._create),
            ("PATCH", f"{objects}/{OURS}/{{ours}}", self._upsert),
            ("PATCH", f"{objects}/{{id}}", self._update),
            ("DELETE", f"{objects}/{{id}}", self._delete),
        )

    def unauthorized(self) -> Any:
        return [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]

    def busy(self, seconds: int) -> Failure:
        return Failure(503, {"retry-after": str(seconds)}, [{"errorCode": "SERVER_UNAVAILABLE"}])

    def used_up(self) -> Failure:
        """How it says that the day's requests were made."""
        said = {"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}
        return Failure(403, body=[said])

    def add(self, name: str, **values: str) -> str:
        names = {"phone": "Phone", "mobile": "MobilePhone", "email": "Email"}
        row: Row = {names[key]: value for key, value in values.items() if key in names}
        first, _, last = name.rpartition(" ")
        row |= {"FirstName": first, "LastName": last}
        if "company" in values:
            row["Account.Name"] = values["company"]
        return self._put("Contact", row)

    def touch(self, record: str, **values: str) -> None:
        first, _, last = values.pop("name", "").rpartition(" ")
        names = {"phone": "Phone", "email": "Email"}
        row = {names.get(key, key): value for key, value in values.items()}
        row |= {"FirstName": first, "LastName": last} if last else {}
        self.rows["Contact"][record] |= row | {"SystemModstamp": self._stamp()}

    def people(self) -> list[Standing]:
        return [
            Standing(
                id,
                f"{row.get('FirstName') or ''} {row.get('LastName') or ''}".strip(),
                row.get("Phone") or "",
                row.get("Email") or "",
                values=row,
            )
            for id, row in self.rows["Contact"].items()
        ]

    def noted(self, kind: str) -> list[Standing]:
        if kind == "lead":
            whose = {
                row["OpportunityId"]: row["ContactId"]
                for row in self.rows["OpportunityContactRole"].values()
            }
            deals = self.rows["Opportunity"].items()
            return [
                Standing(id, row["Name"], words=row["Description"], contact=whose[id], values=row)
                for id, row in deals
            ]
        calls = kind == "call"
        return [
            Standing(id, row["Subject"], words=row["Description"], contact=row["WhoId"], values=row)
            for id, row in self.rows["Task"].items()
            if (row.get("TaskSubtype") == "Call") is calls
        ]

    def _stamp(self) -> str:
        self.tick()
        return self.now.strftime("%Y-%m-%dT%H:%M:%S.000+0000")

    def _put(self, object: str, values: Row) -> str:
        id = f"{PREFIX[object]}{next(self.ids):015d}"
        stamp = self._stamp()
        self.rows[object][id] = {**values, "Id": id, "SystemModstamp": stamp, "CreatedDate": stamp}
        return id

    def _query(self, request: Request, body: Any) -> Any:
        text = request.query_params["q"]
        self.questions.append(text)
        try:
            asked = understood(text)
        except Malformed as malformed:
            raise wrong(400, "MALFORMED_QUERY", f"unexpected token: {malformed}") from malformed
        for name in asked.names:
            if name not in self.fields[asked.table]:
                message = f"No such column '{name}' on entity '{asked.table}'."
                raise wrong(400, "INVALID_FIELD", message)
        found = [row for row in self.rows[asked.table].values() if asked.holds(row)]
        if self.invisible and OURS not in text.partition("WHERE")[2]:
            found = []
        found.sort(key=lambda row: [str(row.get(name)) for name in asked.order])
        shown = [_shown(row, asked.columns, asked.table) for row in found[: asked.most]]
        return {"totalSize": len(shown), "done": True, "records": shown}

    def _describe(self, request: Request, body: Any) -> Any:
        names = sorted(self.fields[request.path_params["object"]])
        known = [
            {
                "name": name,
                "label": name.removesuffix("__c"),
                "type": "datetime" if name in ALWAYS.split() else "string",
                "updateable": name not in ALWAYS.split(),
            }
            for name in names
            if "." not in name
        ]
        return {"name": request.path_params["object"], "fields": known}

    def _create(self, request: Request, body: Any) -> Any:
        return self._add(request.path_params["object"], body)

    def _add(self, object: str, body: Row) -> Any:
        self._check(object, body)
        for name in NEEDED[object]:
            if not body.get(name):
                message = f"Required fields are missing: [{name}]"
                raise wrong(400, "REQUIRED_FIELD_MISSING", message, name)
        if object == "Contact" and self.matching:
            found = [{"matchRecords": [{"record": {"Id": self.matching}}]}]
            result = {"allowSave": False, "matchResults": found}
            message = "Use one of these records?"
            raise wrong(400, "DUPLICATES_DETECTED", message, duplicateResult=result)
        id = self._put(object, body)
        return 201, {"id": id, "success": True, "errors": [], "created": True}

    def _upsert(self, request: Request, body: Any) -> Any:
        return self._upserted(request.path_params["object"], request.path_params["ours"], body)

    def _upserted(self, object: str, ours: str, body: Row) -> Any:
        self._check(object, {OURS: ours})
        known = [id for id, row in self.rows[object].items() if row.get(OURS) == ours]
        if not known:
            return self._add(object, {**body, OURS: ours})
        self._check(object, body)
        self.rows[object][known[0]] |= body | {"SystemModstamp": self._stamp()}
        return 200, {"id": known[0], "success": True, "errors": [], "created": False}

    def _update(self, request: Request, body: Any) -> Any:
        object, id = request.path_params["object"], self._there(request)
        self._check(object, body)
        same = [key for key, row in self.rows[object].items() if row.get(OURS) == body.get(OURS)]
        if body.get(OURS) and same and same != [id]:
            message = f"duplicate value found: {OURS} duplicates value on record with id: {same[0]}"
            raise wrong(400, "DUPLICATE_VALUE", message)
        self.rows[object][id] |= body | {"SystemModstamp": self._stamp()}

    def _delete(self, request: Request, body: Any) -> Any:
        del self.rows[request.path_params["object"]][self._there(request)]

    def _there(self, request: Request) -> str:
        object, id = request.path_params["object"], request.path_params["id"]
        if id not in self.rows[object]:
            raise wrong(404, "NOT_FOUND", "The requested resource does not exist")
        return str(id)

    def _check(self, object: str, body: Row) -> None:
        for name in body:
            if name not in self.fields[object] or name in ALWAYS.split():
                message = f"No such column '{name}' on sobject of type {object}"
                raise wrong(400, "INVALID_FIELD", message)
        who = body.get("WhoId") or body.get("ContactId")
        if who and who not in self.rows["Contact"]:
            raise wrong(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")

    def _composite(self, request: Request, body: Any) -> Any:
        """Parts that use each other's ids; all or none, as they are asked."""
        assert body["allOrNone"] is True
        before = {name: dict(rows) for name, rows in self.rows.items()}
        done: dict[str, Row] = {}
        answers: list[Row] = []
        for part in body["compositeRequest"]:
            try:
                status, said = self._part(part, done)
            except Refusal as refusal:
                self.rows = before
                halted = [{"errorCode": "PROCESSING_HALTED", "message": "rolled back"}]
                answers = [{**each, "httpStatusCode": 400, "body": halted} for each in answers]
                status, said = refusal.status, refusal.body
            done[part["referenceId"]] = said
            answers.append(
                {"body": said, "httpStatusCode": status, "referenceId": part["referenceId"]}
            )
            if status >= 300:
                break
        return {"compositeResponse": answers}

    def _part(self, part: Row, done: dict[str, Row]) -> Any:
        body = {name: _resolved(value, done) for name, value in part["body"].items()}
        _, _, path = part["url"].partition("/sobjects/")
        object, *rest = path.split("/")
        if rest:
            assert (part["method"], rest[0]) == ("PATCH", OURS)
            return self._upserted(object, rest[1], body)
        assert part["method"] == "POST"
        return self._add(object, body)


def _resolved(value: Any, done: dict[str, Row]) -> Any:
    named = re.fullmatch(r"@\{(\w+)\.(\w+)\}", value) if isinstance(value, str) else None
    return done[named[1]][named[2]] if named else value


def _shown(row: Row, columns: list[str], table: str) -> Row:
    shown: Row = {"attributes": {"type": table, "url": f"{BASE}/sobjects/{table}/{row['Id']}"}}
    for name in columns:
        if name == "Account.Name":
            known = row.get(name)
            shown["Account"] = {"attributes": {"type": "Account"}, "Name": known} if known else None
        else:
            shown[name] = row.get(name)
    return shown
