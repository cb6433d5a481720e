"""Pipedrive: persons, activities and leads, by its API (version 2; leads and notes: version 1)."""

from integrations.pipedrive.client import Pipedrive as Pipedrive
from integrations.pipedrive.wire import fault as fault
