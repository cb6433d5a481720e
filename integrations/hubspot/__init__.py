"""HubSpot: contacts, calls, deals and tasks, by its public CRM API (version 3)."""

from integrations.hubspot.client import HubSpot as HubSpot
from integrations.hubspot.wire import fault as fault
