"""What a CalDAV server says: a `multistatus` document taken apart, and nothing it could hide."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from domain.errors import Unavailable
from integrations.caldav.requests import CALDAV, DAV

Element = Any
"""An element of a document, as `defusedxml` makes it: it has no types of its own."""


@dataclass(frozen=True)
class Found:
    """One thing on the server."""

    path: str
    gone: bool
    tag: str
    text: str
    """Its iCalendar text, where that was asked for."""
    name: str
    is_calendar: bool
    takes_events: bool
    writable: bool


def things(body: bytes) -> list[Found]:
    """The things that an answer tells of. Raises `Unavailable`."""
    return [_found(each) for each in _root(body).iter(_dav("response"))]


def sync_token(body: bytes) -> str:
    """The token with which to ask the next time. Raises `Unavailable`."""
    return (_root(body).findtext(_dav("sync-token")) or "").strip()


def href_in(body: bytes, name: str) -> str:
    """Where a property leads, such as `current-user-principal`; empty if it leads nowhere."""
    for space in (DAV, CALDAV):
        for found in _root(body).iter(f"{{{space}}}{name}"):
            return (found.findtext(_dav("href")) or "").strip()
    return ""


def _root(body: bytes) -> Element:
    try:
        root: Element = fromstring(body)
    except (ParseError, DefusedXmlException, ValueError) as problem:
        raise Unavailable("The calendar server does not answer in XML") from problem
    return root


def _found(response: Element) -> Found:
    status = response.findtext(_dav("status")) or ""
    properties = [each for stat in _right(response) for each in stat.iter(_dav("prop"))]
    kinds = {each.tag for prop in properties for each in prop.iterfind(f"{_dav('resourcetype')}/*")}
    holds = {
        (each.get("name") or "").upper() for prop in properties for each in prop.iter(_cal("comp"))
    }
    rights = {
        each.tag for prop in properties for each in prop.iterfind(f".//{_dav('privilege')}/*")
    }
    writing = {_dav("write"), _dav("write-content"), _dav("bind"), _dav("all")}
    return Found(
        path=(response.findtext(_dav("href")) or "").strip(),
        gone=" 404 " in f"{status} ",
        tag=_text(properties, _dav("getetag")),
        text=_text(properties, _cal("calendar-data")),
        name=_text(properties, _dav("displayname")),
        is_calendar=_cal("calendar") in kinds,
        takes_events=not holds or "VEVENT" in holds,
        writable=not rights or bool(rights & writing),
    )


def _right(response: Element) -> Iterator[Element]:
    for stat in response.iter(_dav("propstat")):
        if " 200 " in f"{stat.findtext(_dav('status')) or ' 200 '} ":
            yield stat


def _text(properties: list[Element], name: str) -> str:
    return next((found for prop in properties if (found := prop.findtext(name))), "").strip()


def _dav(name: str) -> str:
    return f"{{{DAV}}}{name}"


def _cal(name: str) -> str:
    return f"{{{CALDAV}}}{name}"
