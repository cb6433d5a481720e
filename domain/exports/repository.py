"""Exports as one unit of work sees them."""

from domain.exports.models import BulkExport
from domain.repository import Repository


class BulkExports(Repository[BulkExport]):
    """What was asked for, and where it stands."""

    model = BulkExport
    noun = "export"
