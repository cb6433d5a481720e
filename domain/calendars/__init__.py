"""Calendars that people keep elsewhere: when they are busy there, and what is written there."""

from domain.calendars.service import link as link
from domain.calendars.service import links as links
from domain.calendars.service import unlink as unlink
