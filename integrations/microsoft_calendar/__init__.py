"""Calendars of Microsoft 365 (Graph 1.0)."""

from integrations.microsoft_calendar.client import MicrosoftCalendar as MicrosoftCalendar
