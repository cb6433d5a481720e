"""Requests to one FHIR server: reading, searching page by page, writing on one condition."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin, urlsplit

from domain.calendars.ports import CalendarRefused
from domain.errors import Unavailable
from domain.outgoing import Fetched, Http
from integrations.fhir import outcomes
from integrations.fhir.ports import Access, Resource

JSON = "application/fhir+json"
PAGE = 200
# More than a year of a full diary; a server that never ends is not followed.
MOST_PAGES = 100
Terms = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Wire:
    """One server, by its base address without a slash at its end."""

    base: str
    http: Http
    access: Access

    async def read(self, reference: str) -> Resource:
        """One resource. Raises `NotThere` and whatever else stands in the way."""
        return await self._ask("GET", f"{self.base}/{reference}")

    async def search(self, kind: str, terms: Terms) -> list[Resource]:
        """All resources of a kind that fit, page by page."""
        url: str | None = f"{self.base}/{kind}?{urlencode([*terms, ('_count', str(PAGE))])}"
        found: list[Resource] = []
        seen: set[str] = set()
        while url is not None:
            if url in seen or len(seen) >= MOST_PAGES:
                raise Unavailable("The pages of the FHIR server have no end")
            seen.add(url)
            page = await self._ask("GET", url)
            found += _of_kind(page, kind)
            url = self._next(page, url)
        return found

    async def transact(self, entries: Sequence[Resource]) -> list[Resource]:
        """Write several resources, or none; what the server says of each."""
        bundle = {"resourceType": "Bundle", "type": "transaction", "entry": list(entries)}
        told = (await self._ask("POST", self.base, bundle)).get("entry")
        said = [_mapping(each.get("response")) for each in told] if isinstance(told, list) else []
        if len(said) != len(entries):
            raise Unavailable("The FHIR server does not say what it has written")
        return said

    async def update(self, resource: Resource) -> Resource:
        """Write over the version that was read. Raises `Overtaken` if there is another by now."""
        url = f"{self.base}/{reference_of(resource)}"
        version = version_of(resource)
        condition = {"If-Match": f'W/"{version}"'} if version else {}
        answer = await self._send("PUT", url, condition, resource)
        if answer.body:
            said = outcomes.document(answer.body)
            if said["resourceType"] == resource["resourceType"]:
                return said
        return await self.read(reference_of(resource))

    async def delete(self, reference: str) -> None:
        """Delete it. Raises `NotThere`."""
        await self._send("DELETE", f"{self.base}/{reference}", {}, None)

    def _next(self, page: Resource, here: str) -> str | None:
        """The page after this one; a token goes to no other server."""
        for link in page.get("link") or ():
            if _mapping(link).get("relation") == "next":
                url = urljoin(here, str(link.get("url", "")))
                if urlsplit(url)[:2] != urlsplit(self.base)[:2]:
                    raise CalendarRefused("other_host")
                return url
        return None

    async def _ask(self, method: str, url: str, resource: Resource | None = None) -> Resource:
        return outcomes.document((await self._send(method, url, {}, resource)).body)

    async def _send(
        self, method: str, url: str, condition: Mapping[str, str], resource: Resource | None
    ) -> Fetched:
        body = json.dumps(resource).encode() if resource is not None else b""
        refused = ""
        for last in (False, True):
            token = await self.access.token(refused)
            headers = {"Accept": JSON, "Authorization": f"Bearer {token}", **condition}
            if body:
                headers |= {"Content-Type": JSON, "Prefer": "return=representation"}
            answer = await self.http.ask(method, url, headers, body)
            if answer.status != 401 or last:
                break
            # It may have been withdrawn before its end.
            refused = token
        if not 200 <= answer.status < 300:
            raise outcomes.fault(answer)
        return answer


def reference_of(resource: Resource) -> str:
    """By what others refer to a resource."""
    return f"{resource['resourceType']}/{resource.get('id', '')}"


def version_of(resource: Resource) -> str:
    """Which version of a resource it is."""
    return str(_mapping(resource.get("meta")).get("versionId", ""))


def _of_kind(page: Resource, kind: str) -> list[Resource]:
    """The resources of a page; what is said about the search is none."""
    entries = page.get("entry")
    held = [_mapping(each).get("resource") for each in entries] if isinstance(entries, list) else []
    return [
        each
        for each in held
        if isinstance(each, dict) and each.get("resourceType") == kind and each.get("id")
    ]


def _mapping(value: object) -> Resource:
    return value if isinstance(value, dict) else {}
