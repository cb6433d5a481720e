"""Calendars by CalDAV (RFC 4791): iCloud, Nextcloud, Fastmail, Radicale and others."""

from integrations.caldav.client import CalDavClient as CalDavClient
from integrations.caldav.client import Login as Login
