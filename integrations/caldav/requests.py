"""What is asked of a CalDAV server, as XML."""

from datetime import UTC, datetime
from html import escape

HEAD = '<?xml version="1.0" encoding="utf-8"?>'
DAV, CALDAV = "DAV:", "urn:ietf:params:xml:ns:caldav"
SPACES = f'xmlns="{DAV}" xmlns:c="{CALDAV}"'

PRINCIPAL = f"{HEAD}<propfind {SPACES}><prop><current-user-principal/></prop></propfind>".encode()
HOME = f"{HEAD}<propfind {SPACES}><prop><c:calendar-home-set/></prop></propfind>".encode()
CALENDARS = (
    f"{HEAD}<propfind {SPACES}><prop><resourcetype/><displayname/>"
    "<c:supported-calendar-component-set/><current-user-privilege-set/></prop></propfind>"
).encode()


def query(start: datetime, end: datetime) -> bytes:
    """Every event that touches a stretch of time, with its text."""
    return (
        f"{HEAD}<c:calendar-query {SPACES}><prop><getetag/><c:calendar-data/></prop><c:filter>"
        '<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">'
        f'<c:time-range start="{_basic(start)}" end="{_basic(end)}"/>'
        "</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"
    ).encode()


def sync(token: str) -> bytes:
    """What has changed since a token (RFC 6578)."""
    return (
        f"{HEAD}<sync-collection {SPACES}><sync-token>{escape(token)}</sync-token>"
        "<sync-level>1</sync-level><prop><getetag/></prop></sync-collection>"
    ).encode()


def multiget(paths: list[str]) -> bytes:
    """The text of some events."""
    hrefs = "".join(f"<href>{escape(path)}</href>" for path in paths)
    return (
        f"{HEAD}<c:calendar-multiget {SPACES}><prop><getetag/><c:calendar-data/></prop>{hrefs}"
        "</c:calendar-multiget>"
    ).encode()


def _basic(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
