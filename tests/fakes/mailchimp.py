"""A Mailchimp of our own that keeps to its documented behaviour.

Written from https://mailchimp.com/developer/marketing/api/lists/ and the types of its own client.
Requests are checked: fields that it does not know are refused, which the vendor would only ignore.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import md5
from itertools import count
from typing import Any

from starlette.requests import Request

from tests.fakes.crm import Do, Failure, FakeCrm, Refusal, Row, Standing

AUDIENCE = "26d8e9db1e"
STATUSES = {"subscribed", "unsubscribed", "cleaned", "pending", "transactional"}
WRITABLE = {
    *("email_address", "email_type", "status", "status_if_new", "merge_fields", "language", "vip"),
    *("timestamp_signup", "timestamp_opt", "ip_signup", "ip_opt", "interests", "location"),
}
EVENTS = {"subscribe", "unsubscribe", "profile", "cleaned", "upemail", "campaign"}
SOURCES = {"user", "admin", "api"}
MOST_AT_ONCE = 500


def digest(email: str) -> str:
    return md5(email.lower().encode(), usedforsecurity=False).hexdigest()


def problem(status: int, title: str, detail: str = "") -> Any:
    kind = "https://mailchimp.com/developer/marketing/docs/errors/"
    return {"type": kind, "title": title, "status": status, "detail": detail, "instance": "0"}


def wrong(status: int, title: str, detail: str = "") -> Refusal:
    return Refusal(status, problem(status, title, detail))


@dataclass
class FakeMailchimp(FakeCrm):
    """One account: by audience its members, by their records."""

    audiences: dict[str, dict[str, Row]] = field(default_factory=lambda: {AUDIENCE: {}})
    forgotten: set[tuple[str, str]] = field(default_factory=set)
    webhooks: dict[str, list[Row]] = field(default_factory=dict)
    tags: dict[str, list[str]] = field(default_factory=dict)
    reachable: bool = True
    """Whether it finds us at the address of a webhook."""
    numbers: Any = field(default_factory=lambda: count(1))

    def requests(self) -> Sequence[tuple[str, str, Do]]:
        member = "/3.0/lists/{audience}/members/{id}"
        return (
            ("GET", "/3.0/lists", self._lists),
            ("GET", "/3.0/lists/{audience}", self._list),
            ("POST", "/3.0/lists/{audience}", self._batch),
            ("GET", "/3.0/lists/{audience}/members", self._changes),
            ("GET", member, self._get),
            ("PUT", member, self._put),
            ("PATCH", member, self._patch),
            ("DELETE", member, self._archive),
            ("POST", f"{member}/actions/delete-permanent", self._forget),
            ("POST", f"{member}/tags", self._tag),
            ("GET", "/3.0/lists/{audience}/webhooks", self._hooks),
            ("POST", "/3.0/lists/{audience}/webhooks", self._hook),
        )

    def unauthorized(self) -> Any:
        return problem(401, "API Key Invalid")

    def busy(self, seconds: int) -> Failure:
        return Failure(429, {"retry-after": str(seconds)}, problem(429, "Too Many Requests"))

    def add(self, name: str, **values: str) -> str:
        """Somebody at the business adds somebody: `email`, `status`."""
        first, _, last = name.partition(" ")
        fields = {"FNAME": first, "LNAME": last}
        status = values.get("status", "subscribed")
        return str(self._made(AUDIENCE, values["email"], status, fields)["contact_id"])

    def touch(self, record: str, **values: str) -> None:
        """They themselves, or somebody at the business, change: `status`, `email`."""
        row = self.audiences[AUDIENCE][record]
        if "email" in values:
            row |= {"email_address": values["email"], "id": digest(values["email"])}
        row |= {"status": values.get("status", row["status"]), "last_changed": self.tick()}
        row["themselves"] = values.get("status") == "unsubscribed"

    def people(self, audience: str = AUDIENCE) -> list[Standing]:
        return [
            Standing(
                row["contact_id"],
                " ".join(filter(None, (row["merge_fields"].get(tag) for tag in NAMES))),
                email=row["email_address"],
                words=row["status"],
                values=row,
            )
            for row in self.audiences[audience].values()
        ]

    def noted(self, kind: str) -> list[Standing]:
        return []

    def standing(self, audience: str = AUDIENCE) -> dict[str, str]:
        """By address: how they stand there."""
        return {each.email: each.words for each in self.people(audience)}

    def _members(self, request: Request) -> dict[str, Row]:
        audience = request.path_params["audience"]
        if audience not in self.audiences:
            raise wrong(404, "Resource Not Found")
        return self.audiences[audience]

    def _find(self, request: Request) -> Row:
        wanted = request.path_params["id"].lower()
        for row in self._members(request).values():
            if wanted in (row["id"], row["contact_id"], row["email_address"].lower()):
                return row
        raise wrong(404, "Resource Not Found")

    def _made(self, audience: str, email: str, status: str, fields: Row) -> Row:
        if (audience, email.lower()) in self.forgotten:
            raise wrong(400, "Forgotten Email Not Subscribed", f"{email} was permanently deleted")
        if email.count("@") != 1 or email.endswith(".invalid"):
            raise wrong(400, "Invalid Resource", f"{email} looks fake or invalid")
        record = f"{next(self.numbers):032x}"
        self.audiences[audience][record] = {
            "id": digest(email),
            "contact_id": record,
            "email_address": email,
            "status": status,
            "merge_fields": dict(fields),
            "last_changed": self.tick(),
            "themselves": False,
        }
        return self.audiences[audience][record]

    def _lists(self, request: Request, body: Any) -> Any:
        return {"lists": [self._shown(id) for id in self.audiences]}

    def _list(self, request: Request, body: Any) -> Any:
        self._members(request)
        return self._shown(request.path_params["audience"])

    def _shown(self, id: str) -> Row:
        stats = {"member_count": len(self.audiences[id])}
        return {"id": id, "name": f"Audience {id}", "stats": stats, "double_optin": False}

    def _get(self, request: Request, body: Any) -> Any:
        return _public(self._find(request))

    def _put(self, request: Request, body: Row) -> Any:
        members, email = self._members(request), body.get("email_address", "")
        _check(body)
        known = [row for row in members.values() if row["id"] == request.path_params["id"]]
        if known:
            return self._written(members, known[0], body)
        if digest(email) != request.path_params["id"]:
            raise wrong(400, "Invalid Resource", "The id is not that of the address")
        if body.get("status_if_new", body.get("status")) not in STATUSES:
            raise wrong(400, "Invalid Resource", "status_if_new is required")
        status = body.get("status_if_new", body.get("status"))
        audience = request.path_params["audience"]
        return _public(self._made(audience, email, status, body.get("merge_fields", {})))

    def _patch(self, request: Request, body: Row) -> Any:
        _check(body)
        if "status_if_new" in body:
            raise wrong(400, "Invalid Resource", "Schema describes no status_if_new")
        return self._written(self._members(request), self._find(request), body)

    def _written(self, members: dict[str, Row], row: Row, body: Row) -> Row:
        email = body.get("email_address", row["email_address"])
        others = {each["id"] for each in members.values()} - {row["id"]}
        if digest(email) in others:
            raise wrong(400, "Member Exists", f"{email} is already a list member")
        status = body.get("status", row["status"])
        compliance = row["themselves"] or row["status"] == "cleaned"
        if status == "subscribed" and row["status"] != status and compliance:
            raise wrong(400, "Member In Compliance State", f"{email} is in a compliance state")
        row |= {
            "email_address": email,
            "id": digest(email),
            "status": status,
            "merge_fields": row["merge_fields"] | body.get("merge_fields", {}),
            "last_changed": self.tick(),
        }
        return _public(row)

    def _archive(self, request: Request, body: Any) -> Any:
        row = self._find(request)
        if row["status"] == "archived":
            raise wrong(405, "Method Not Allowed", "This list member cannot be removed.")
        row |= {"status": "archived", "last_changed": self.tick()}
        return None

    def _forget(self, request: Request, body: Any) -> Any:
        row = self._find(request)
        if request.path_params["id"] != row["id"]:
            raise wrong(404, "Resource Not Found")
        del self._members(request)[row["contact_id"]]
        self.forgotten.add((request.path_params["audience"], row["email_address"].lower()))
        return None

    def _tag(self, request: Request, body: Row) -> Any:
        row = self._find(request)
        if set(body) - {"tags", "is_syncing"} or not body.get("tags"):
            raise wrong(400, "Invalid Resource", "tags")
        if any(each["status"] not in {"active", "inactive"} for each in body["tags"]):
            raise wrong(400, "Invalid Resource", "tags.item:0.status")
        names = [each["name"] for each in body["tags"] if each["status"] == "active"]
        self.tags[row["contact_id"]] = sorted({*self.tags.get(row["contact_id"], []), *names})
        return None

    def _batch(self, request: Request, body: Row) -> Any:
        members, audience = self._members(request), request.path_params["audience"]
        if not 0 < len(body["members"]) <= MOST_AT_ONCE:
            raise wrong(400, "Invalid Resource", "members")
        answer: Row = {"new_members": [], "updated_members": [], "errors": []}
        for each in body["members"]:
            _check(each)
            email = each["email_address"]
            known = next((row for row in members.values() if row["id"] == digest(email)), None)
            try:
                if known is None:
                    made = self._made(audience, email, each["status"], each["merge_fields"])
                    answer["new_members"].append(_public(made))
                elif body.get("update_existing"):
                    answer["updated_members"].append(self._written(members, known, each))
                else:
                    raise wrong(400, "Member Exists")
            except Refusal as refusal:
                error = {"email_address": email, "error": refusal.body["detail"]}
                answer["errors"].append(error | {"error_code": "ERROR_GENERIC"})
        return answer | {"total_created": len(answer["new_members"])}

    def _changes(self, request: Request, body: Any) -> Any:
        query = request.query_params
        since = datetime.fromisoformat(query["since_last_changed"])
        assert (query["sort_field"], query["sort_dir"]) == ("last_changed", "ASC")
        rows = sorted(self._members(request).values(), key=lambda row: row["last_changed"])
        late = [row for row in rows if datetime.fromisoformat(row["last_changed"]) > since]
        first, most = int(query["offset"]), int(query["count"])
        return {"members": [_public(row) for row in late[first : first + most]]}

    def _hooks(self, request: Request, body: Any) -> Any:
        self._members(request)
        return {"webhooks": self.webhooks.get(request.path_params["audience"], [])}

    def _hook(self, request: Request, body: Row) -> Any:
        self._members(request)
        if not self.reachable:
            raise wrong(400, "Invalid Resource", "The resource could not be validated")
        if set(body["events"]) - EVENTS or set(body["sources"]) - SOURCES:
            raise wrong(400, "Invalid Resource", "events")
        hook = {"id": f"hook{next(self.numbers)}", **body}
        self.webhooks.setdefault(request.path_params["audience"], []).append(hook)
        return hook


NAMES = ("FNAME", "LNAME")


def _check(body: Row) -> None:
    if unknown := sorted(set(body) - WRITABLE):
        raise wrong(400, "Invalid Resource", f"Schema describes no {unknown[0]}")
    if body.get("status", "subscribed") not in STATUSES:
        raise wrong(400, "Invalid Resource", "status")
    if "timestamp_opt" in body:
        assert datetime.fromisoformat(body["timestamp_opt"]).tzinfo is not None


def _public(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "themselves"}
