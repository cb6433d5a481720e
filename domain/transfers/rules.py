"""Where a transfer can go from where it stands.

requested ─► ringing ─► bridged ──► ended
        └──────────┬─► returned ─┘   (nobody took the call: back to the receptionist)
                   └─► failed ───┘   (the carrier could not place it)

The caller may hang up at any time, so every state leads to ended.
"""

from domain.transfers.errors import TransferOutOfOrder
from domain.transfers.models import TransferState

NEXT = {
    TransferState.REQUESTED: {
        TransferState.RINGING,
        TransferState.RETURNED,
        TransferState.FAILED,
        TransferState.ENDED,
    },
    TransferState.RINGING: {
        TransferState.BRIDGED,
        TransferState.RETURNED,
        TransferState.FAILED,
        TransferState.ENDED,
    },
    TransferState.BRIDGED: {TransferState.RETURNED, TransferState.ENDED},
    TransferState.RETURNED: {TransferState.ENDED},
    TransferState.FAILED: {TransferState.ENDED},
    TransferState.ENDED: set(),
}

UNDER_WAY = frozenset({TransferState.REQUESTED, TransferState.RINGING, TransferState.BRIDGED})


def check_step(state: TransferState, wanted: TransferState) -> None:
    """Raise `TransferOutOfOrder` if a transfer cannot go there from where it stands."""
    if wanted not in NEXT[state]:
        raise TransferOutOfOrder(state, wanted)


def settles(state: TransferState, wanted: TransferState) -> bool:
    """Whether this step decides how the attempt came out."""
    ringing = state in {TransferState.REQUESTED, TransferState.RINGING}
    return ringing and wanted is not TransferState.RINGING
