"""One account at Mailchimp: its audiences, who is on them, and what it tells us of.

Source: https://mailchimp.com/developer/marketing/api/lists/ and .../list-members/.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import md5
from typing import Any
from urllib.parse import urlencode

from domain.crm.ports import CrmRefused
from domain.crm.wire import Json, Wire, nonsense, words
from domain.outgoing import objects

LISTS = "/3.0/lists"
MOST_AUDIENCES = 1000
# So many fit on a page that is read within seconds.
PAGE = 200
SEEN = ("contact_id", "id", "email_address", "status", "last_changed", "merge_fields")
AMONG = f"?fields={','.join(SEEN)}"
# Fields that an audience demands may be empty: we know no more.
LENIENT = "?skip_merge_validation=true"
# What people do there, and what the business does for them; not what we do.
TOLD = {"events": ("unsubscribe", "cleaned", "upemail"), "sources": ("user", "admin")}


class Status(StrEnum):
    """How somebody stands on an audience."""

    SUBSCRIBED = "subscribed"
    PENDING = "pending"
    """Mailchimp has asked them to confirm."""
    UNSUBSCRIBED = "unsubscribed"
    CLEANED = "cleaned"
    """Nothing arrives at the address."""
    ARCHIVED = "archived"
    OTHER = "transactional"
    """On the audience, without being sent letters."""


@dataclass(frozen=True)
class Audience:
    """A list of people."""

    id: str
    title: str
    members: int
    asks_first: bool
    """Whether it asks everybody to confirm who signs up by its own forms."""


@dataclass(frozen=True)
class Entry:
    """Somebody as they are to stand on an audience."""

    email: str = field(repr=False)
    fields: Mapping[str, str] = field(repr=False)
    language: str
    asked_at: datetime

    @property
    def values(self) -> Json:
        """In Mailchimp's words."""
        said: Json = {"email_address": self.email, "merge_fields": dict(self.fields)}
        return said | ({"language": self.language[:2]} if self.language else {})


@dataclass(frozen=True)
class Member:
    """Somebody as they stand on an audience."""

    record: str
    """Mailchimp's own id of them, which stays when the address changes."""
    digest: str = field(repr=False)
    email: str = field(repr=False)
    status: Status
    changed_at: datetime
    fields: Mapping[str, str] = field(repr=False)

    def says(self, entry: Entry) -> bool:
        """Whether it says what it is to say."""
        same = self.email.lower() == entry.email.lower()
        return same and all(self.fields.get(name, "") == it for name, it in entry.fields.items())


@dataclass(frozen=True)
class Mailchimp:
    """Speaks to one account; raises as the port of customer files does, and `NotTaken`."""

    wire: Wire

    async def audiences(self) -> list[Audience]:
        """All of them."""
        names = "lists.id,lists.name,lists.stats.member_count,lists.double_optin"
        said = await self.wire.ask("GET", f"{LISTS}?fields={names}&count={MOST_AUDIENCES}")
        return [_audience(each) for each in objects(said.get("lists"))]

    async def audience(self, id: str) -> Audience | None:
        """One of them; None if it is not there (any more)."""
        try:
            return _audience(await self.wire.ask("GET", f"{LISTS}/{id}"))
        except KeyError:
            return None

    async def member(self, audience: str, record: str) -> Member | None:
        """Somebody by their record; None if nobody stands there under it."""
        try:
            return _member(await self.wire.ask("GET", f"{_at(audience, record)}{AMONG}"))
        except KeyError:
            return None

    async def by_email(self, audience: str, email: str) -> Member | None:
        """Somebody by their address."""
        return await self.member(audience, digest(email))

    async def add(self, audience: str, entry: Entry, status: Status) -> Member:
        """See that somebody stands there; how whoever stands there already does, stays."""
        asked = entry.values | {"status_if_new": status, "timestamp_opt": _moment(entry.asked_at)}
        path = f"{_at(audience, digest(entry.email))}{LENIENT}"
        return _member(await self._ask("PUT", path, asked))

    async def add_all(
        self, audience: str, entries: Sequence[Entry], status: Status
    ) -> dict[str, str]:
        """Add several at once; by address in small letters the records of those who are new.

        Whoever is left out stands there already, or is not taken.
        """
        opted = {"status": status}
        many = [each.values | opted | {"timestamp_opt": _moment(each.asked_at)} for each in entries]
        asked = {"members": many, "update_existing": False}
        said = await self._ask("POST", f"{LISTS}/{audience}{LENIENT}", asked)
        made = [_member(each) for each in objects(said.get("new_members"))]
        return {each.email.lower(): each.record for each in made}

    async def change(self, audience: str, record: str, values: Mapping[str, Any]) -> Member:
        """Write into somebody's record. Raises `Taken`, and `KeyError` if it is not there."""
        path = f"{_at(audience, record)}{LENIENT}"
        return _member(await self.wire.ask("PATCH", path, dict(values)))

    async def tag(self, audience: str, record: str, tags: Sequence[str]) -> None:
        """Let somebody have these tags; nothing that waits for a tag begins by it."""
        active = [{"name": each, "status": "active"} for each in tags]
        asked = {"tags": active, "is_syncing": True}
        await self.wire.ask("POST", f"{_at(audience, record)}/tags", asked)

    async def archive(self, audience: str, record: str) -> None:
        """Keep somebody there, and send them nothing; who is not there is no failure."""
        try:
            await self.wire.ask("DELETE", _at(audience, record))
        except KeyError:
            return

    async def forget(self, audience: str, record: str) -> bool:
        """Delete somebody for good; whether there was anything."""
        known = await self.member(audience, record)
        if known is None:
            return False
        try:
            path = f"{_at(audience, known.digest)}/actions/delete-permanent"
            await self.wire.ask("POST", path)
        except KeyError:
            return False
        return True

    async def changed(self, audience: str, since: datetime, after: int) -> list[Member]:
        """Who was changed since a moment, in order; a page of them, after so many."""
        query = {
            "since_last_changed": _moment(since),
            "sort_field": "last_changed",
            "sort_dir": "ASC",
            "count": PAGE,
            "offset": after,
            "fields": ",".join(f"members.{each}" for each in SEEN),
        }
        said = await self._ask("GET", f"{LISTS}/{audience}/members?{urlencode(query)}")
        return [_member(each) for each in objects(said.get("members"))]

    async def listen(self, audience: str, url: str) -> None:
        """Be told at an address of ours of who leaves; it is asked once whether it is there."""
        said = await self._ask("GET", f"{LISTS}/{audience}/webhooks")
        if any(each.get("url") == url for each in objects(said.get("webhooks"))):
            return
        chosen = {kind: dict.fromkeys(names, True) for kind, names in TOLD.items()}
        await self._ask("POST", f"{LISTS}/{audience}/webhooks", {"url": url, **chosen})

    async def _ask(self, method: str, path: str, body: Any = None) -> Any:
        """Ask an audience that has to be there. Raises `CrmRefused` if it is not."""
        try:
            return await self.wire.ask(method, path, body)
        except KeyError as gone:
            raise CrmRefused("audience_gone") from gone


def digest(email: str) -> str:
    """The name that Mailchimp gives an address: it protects nothing."""
    return md5(email.lower().encode(), usedforsecurity=False).hexdigest()


def _at(audience: str, record: str) -> str:
    return f"{LISTS}/{audience}/members/{record}"


def _audience(said: Json) -> Audience:
    id, stats = said.get("id"), said.get("stats")
    if not isinstance(id, str):
        raise nonsense()
    members = stats.get("member_count") if isinstance(stats, dict) else 0
    return Audience(
        id, str(said.get("name", id)), int(members or 0), bool(said.get("double_optin"))
    )


def _member(said: Json) -> Member:
    """Somebody, as an answer says. Raises `Unavailable` where it says too little."""
    try:
        return Member(
            record=str(said["contact_id"]),
            digest=str(said["id"]),
            email=str(said["email_address"]),
            status=Status(said["status"]),
            changed_at=_read(str(said["last_changed"])),
            fields=words(said.get("merge_fields")),
        )
    except (KeyError, ValueError) as fault:
        raise nonsense() from fault


def _read(said: str) -> datetime:
    at = datetime.fromisoformat(said)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
