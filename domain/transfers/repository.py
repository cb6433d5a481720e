"""Transfers and their targets as one unit of work sees them."""

from domain.repository import Repository
from domain.transfers.models import Transfer, TransferTarget


class TransferTargets(Repository[TransferTarget]):
    """Those a caller may be put through to."""

    model = TransferTarget
    noun = "transfer target"


class Transfers(Repository[Transfer]):
    """Attempts to put callers through."""

    model = Transfer
    noun = "transfer"
