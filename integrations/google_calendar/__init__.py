"""Calendars at Google (Calendar API v3)."""

from integrations.google_calendar.client import GoogleCalendar as GoogleCalendar
