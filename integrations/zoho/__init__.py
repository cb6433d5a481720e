"""Zoho CRM: contacts, calls, deals and tasks, by its API (version 8)."""

from integrations.zoho.client import Zoho as Zoho
from integrations.zoho.wire import fault as fault
