"""A HubSpot of our own that keeps to its documented behaviour, for tests.

Every request is checked: where it goes, what it holds, and whether the fields it names are there.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integrations.hubspot.shapes import (
    ASSOCIATIONS,
    CREATE,
    DEFINED,
    GDPR,
    PROPERTY,
    SEARCH,
    UPDATE,
    check,
)

Record = dict[str, Any]
MOMENT = "2026-11-16T15:00:00.000Z"
BEGIN = datetime(2026, 11, 16, 15, tzinfo=UTC)
CHANGED = "lastmodifieddate"
READ_ONLY = {"createdate", CHANGED, "hs_object_id"}
GROUPED = "/crm/v3/objects/{kind}"


class Wrong(Exception):
    """An answer that is an error, as HubSpot words it."""

    def __init__(self, status: int, category: str, message: str, **error: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body: Record = {
            "status": "error",
            "message": message,
            "correlationId": "00000000-0000-0000-0000-000000000000",
            "category": category,
        }
        if error:
            self.body["errors"] = [{"message": message, **error}]


@dataclass
class Failure:
    """An answer that is given instead of the right one, once."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    policy: str = ""


@dataclass
class FakeHubSpot:
    """One account: its fields, its records, and what was asked of it."""

    tokens: set[str] = field(default_factory=lambda: {"token"})
    objects: dict[str, dict[str, Record]] = field(
        default_factory=lambda: {kind: {} for kind in DEFINED}
    )
    fields: dict[str, dict[str, bool]] = field(
        default_factory=lambda: {
            kind: dict.fromkeys(names, False) for kind, names in DEFINED.items()
        }
    )
    """By object: the names of its fields, and whether values are unique."""
    failures: list[Failure] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    losing: set[str] = field(default_factory=set)
    """Requests that are carried out, and whose answer is lost."""
    grants: bool = True
    """Whether new tokens are given for the refresh token `refresh`."""
    now: datetime = BEGIN
    invisible: bool = False
    """Whether the search has not caught up yet with what was written."""
    _ids: Any = field(default_factory=lambda: count(101))

    def app(self) -> Starlette:
        """Its API, as a Starlette app to serve."""
        routes = (
            ("/crm/v3/objects/contacts/gdpr-delete", self._forget, "POST"),
            (f"{GROUPED}/search", self._search, "POST"),
            (GROUPED, self._create, "POST"),
            (GROUPED, self._list, "GET"),
            (f"{GROUPED}/{{id}}", self._get, "GET"),
            (f"{GROUPED}/{{id}}", self._update, "PATCH"),
            (f"{GROUPED}/{{id}}", self._archive, "DELETE"),
            ("/crm/v3/properties/{kind}", self._make_field, "POST"),
            ("/crm/v3/properties/{kind}", self._describe, "GET"),
        )
        known = [Route(path, self._answer(do), methods=[verb]) for path, do, verb in routes]
        return Starlette(routes=[*known, Route("/oauth/v1/token", self._renew, methods=["POST"])])

    async def _renew(self, request: Request) -> Response:
        said = dict(parse_qsl((await request.body()).decode()))
        if not self.grants or said.get("refresh_token") != "refresh":
            return JSONResponse({"error": "invalid_grant"}, 400)
        token = f"token-{next(self._ids)}"
        self.tokens = {token}
        given = {"access_token": token, "refresh_token": "refresh", "expires_in": 1800}
        return JSONResponse({**given, "token_type": "bearer"})

    def add(self, kind: str, **values: str) -> str:
        """Somebody at the business writes a record."""
        id = str(next(self._ids))
        properties = {**values, "hs_object_id": id, "createdate": MOMENT, CHANGED: self._tick()}
        self.objects[kind][id] = {"properties": properties, "associations": []}
        return id

    def touch(self, kind: str, id: str, **values: str) -> None:
        """Somebody changes a record."""
        self.objects[kind][id]["properties"].update(values, **{CHANGED: self._tick()})

    def _tick(self) -> str:
        self.now += timedelta(seconds=1)
        return self.now.strftime("%Y-%m-%dT%H:%M:%S.000Z")

    def _describe(self, request: Request, kind: str, body: Record) -> Response:
        results = [
            {
                "name": name,
                "label": name.title(),
                "type": "string",
                "fieldType": "text",
                "groupName": "contactinformation",
                "modificationMetadata": {"readOnlyValue": name in READ_ONLY},
            }
            for name in self.fields[kind]
        ]
        return JSONResponse({"results": results})

    def values(self, kind: str) -> list[dict[str, str]]:
        """What stands in all records of a kind, in order."""
        return [each["properties"] for each in self.objects[kind].values()]

    def _answer(self, do: Any) -> Any:
        async def endpoint(request: Request) -> Response:
            self.asked.append(f"{request.method} {request.url.path}")
            if self.failures:
                return _failed(self.failures.pop(0))
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
            try:
                if token not in self.tokens:
                    raise Wrong(401, "EXPIRED_AUTHENTICATION", "The OAuth token has expired")
                kind = request.path_params.get("kind", "contacts")
                if kind not in self.objects:
                    raise Wrong(404, "OBJECT_NOT_FOUND", "Unable to infer object type")
                body = json.loads(await request.body() or b"{}")
                answer: Response = do(request, kind, body)
            except Wrong as wrong:
                return JSONResponse(wrong.body, wrong.status)
            if self.asked[-1] in self.losing:
                self.losing.remove(self.asked[-1])
                return _failed(Failure(502))
            return answer

        return endpoint

    def _create(self, request: Request, kind: str, body: Record) -> Response:
        _right(check(body, CREATE))
        properties = body["properties"]
        self._check_values(kind, properties, "")
        associations = body.get("associations") or []
        for each in associations:
            self._check_association(kind, each)
        id = self.add(kind, **properties)
        self.objects[kind][id]["associations"] = [str(each["to"]["id"]) for each in associations]
        return JSONResponse(self._shown(kind, id, []), 201)

    def _update(self, request: Request, kind: str, body: Record) -> Response:
        _right(check(body, UPDATE))
        id = self._find(request, kind)
        self._check_values(kind, body["properties"], id)
        self.touch(kind, id, **body["properties"])
        return JSONResponse(self._shown(kind, id, []))

    def _get(self, request: Request, kind: str, body: Record) -> Response:
        id = self._find(request, kind)
        return JSONResponse(self._shown(kind, id, _wanted(request)))

    def _list(self, request: Request, kind: str, body: Record) -> Response:
        limit = int(request.query_params.get("limit", "10"))
        after = int(request.query_params.get("after", "0"))
        ids = list(self.objects[kind])
        page = [self._shown(kind, id, _wanted(request)) for id in ids[after : after + limit]]
        return JSONResponse(_paged({"results": page}, after + limit, len(ids)))

    def _archive(self, request: Request, kind: str, body: Record) -> Response:
        # Whoever deletes what is not there is told that it is not there now.
        self.objects[kind].pop(request.path_params["id"], None)
        return Response(status_code=204)

    def _forget(self, request: Request, kind: str, body: Record) -> Response:
        _right(check(body, GDPR))
        if body["objectId"] not in self.objects["contacts"]:
            raise Wrong(404, "OBJECT_NOT_FOUND", "resource not found")
        del self.objects["contacts"][body["objectId"]]
        return Response(status_code=204)

    def _search(self, request: Request, kind: str, body: Record) -> Response:
        _right(check(body, SEARCH))
        if len(body.get("filterGroups", [])) > 5:
            raise Wrong(400, "VALIDATION_ERROR", "too many filterGroups")
        for group in body.get("filterGroups", []):
            for each in group["filters"]:
                self._known_field(kind, each["propertyName"])
        hits = [
            id
            for id, record in self.objects[kind].items()
            if not self.invisible and _matches(record["properties"], body.get("filterGroups", []))
        ]
        for each in body.get("sorts", []):
            hits.sort(key=lambda id: self.objects[kind][id]["properties"][each["propertyName"]])
        after, limit = int(body.get("after") or 0), body.get("limit", 10)
        names = body.get("properties", [])
        results = [self._shown(kind, id, names) for id in hits[after : after + limit]]
        found = {"total": len(hits), "results": results}
        return JSONResponse(_paged(found, after + limit, len(hits)))

    def _make_field(self, request: Request, kind: str, body: Record) -> Response:
        _right(check(body, PROPERTY))
        if body["name"] in self.fields[kind]:
            raise Wrong(409, "OBJECT_ALREADY_EXISTS", f"A property named {body['name']} exists")
        self.fields[kind][body["name"]] = bool(body.get("hasUniqueValue"))
        return JSONResponse({**body, "createdAt": MOMENT, "updatedAt": MOMENT}, 201)

    def _find(self, request: Request, kind: str) -> str:
        id, by = request.path_params["id"], request.query_params.get("idProperty")
        if by is not None:
            self._known_field(kind, by)
            if not (self.fields[kind][by] or (kind, by) == ("contacts", "email")):
                raise Wrong(400, "VALIDATION_ERROR", f"{by} is not a unique property")
            records = self.objects[kind].items()
            id = next((known for known, each in records if each["properties"].get(by) == id), "")
        if id not in self.objects[kind]:
            raise Wrong(404, "OBJECT_NOT_FOUND", "resource not found")
        return str(id)

    def _known_field(self, kind: str, name: str) -> None:
        if name not in self.fields[kind]:
            context = {"propertyName": [name]}
            message = f'Property "{name}" does not exist'
            code = "PROPERTY_DOESNT_EXIST"
            raise Wrong(400, "VALIDATION_ERROR", message, code=code, context=context)

    def _check_values(self, kind: str, values: dict[str, str], id: str) -> None:
        others = {key: each for key, each in self.objects[kind].items() if key != id}
        for name, value in values.items():
            self._known_field(kind, name)
            same = [key for key, each in others.items() if each["properties"].get(name) == value]
            if same and (kind, name) == ("contacts", "email"):
                raise Wrong(409, "CONFLICT", f"Contact already exists. Existing ID: {same[0]}")
            if same and self.fields[kind][name]:
                message = f"{same[0]} already has that value."
                code = "CONFLICTING_UNIQUE_VALUE"
                raise Wrong(400, "VALIDATION_ERROR", message, code=code, context={"name": [name]})

    def _check_association(self, kind: str, each: Record) -> None:
        [type] = each["types"]
        if type["associationTypeId"] != ASSOCIATIONS.get(kind):
            raise Wrong(400, "VALIDATION_ERROR", "No such association type")
        if str(each["to"]["id"]) not in self.objects["contacts"]:
            raise Wrong(400, "VALIDATION_ERROR", "One or more associations are not valid")

    def _shown(self, kind: str, id: str, names: list[str]) -> Record:
        known = self.objects[kind][id]["properties"]
        always = {"hs_object_id", "createdate"} | (DEFINED[kind].keys() if not names else set())
        shown = {
            name: known.get(name) for name in (*names, *always) if name in known or name in names
        }
        return {
            "id": id,
            "properties": shown,
            "createdAt": MOMENT,
            "updatedAt": MOMENT,
            "archived": False,
            "somethingNew": {"nobody": "knows"},
        }


def _right(problem: str) -> None:
    if problem:
        raise Wrong(400, "VALIDATION_ERROR", f"Invalid input JSON: {problem}")


def _failed(failure: Failure) -> Response:
    wrong = Wrong(failure.status, "RATE_LIMITS" if failure.status == 429 else "ERROR", "scripted")
    if failure.policy:
        wrong.body["policyName"] = failure.policy
    return JSONResponse(wrong.body, failure.status, headers=failure.headers)


def _wanted(request: Request) -> list[str]:
    lists = request.query_params.getlist("properties")
    return [name for each in lists for name in each.split(",") if name]


def _paged(found: Record, after: int, total: int) -> Record:
    return found | ({"paging": {"next": {"after": str(after)}}} if after < total else {})


def _matches(values: dict[str, str], groups: list[Record]) -> bool:
    def holds(each: Record) -> bool:
        wanted: str = each["value"]
        if each["operator"] == "GTE":
            since = datetime.fromtimestamp(int(wanted) / 1000, UTC)
            return datetime.fromisoformat(values[each["propertyName"]]) >= since
        return _searched(values, each["propertyName"]).lower() == wanted.lower()

    return any(all(map(holds, group["filters"])) for group in groups) or not groups


def _searched(values: dict[str, str], name: str) -> str:
    """A value as it is searched: HubSpot works some out itself."""
    source = {
        "hs_searchable_calculated_phone_number": "phone",
        "hs_searchable_calculated_mobile_number": "mobilephone",
    }.get(name)
    if source is None:
        return values.get(name) or ""
    digits = "".join(each for each in values.get(source) or "" if each.isdecimal())
    return digits[-10:]
