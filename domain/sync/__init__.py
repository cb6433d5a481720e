"""Keeping a copy elsewhere: what changed since, what is gone, and up to when that is complete."""

from domain.sync.models import SyncKind as SyncKind
from domain.sync.service import HORIZON as HORIZON
from domain.sync.service import ResyncNeeded as ResyncNeeded
from domain.sync.service import complete_until as complete_until
from domain.sync.service import gone_since as gone_since
