"""HubSpot: contacts, calls, deals and tasks, by its public CRM API (version 3)."""

from integrations.hubspot.client import HubSpotClient as HubSpotClient
from integrations.hubspot.client import Placing as Placing
