"""Salesforce: contacts, tasks and opportunities, by its REST API."""

from integrations.salesforce.client import Salesforce as Salesforce
from integrations.salesforce.wire import fault as fault
from integrations.salesforce.wire import left as left
