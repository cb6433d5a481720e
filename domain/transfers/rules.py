"""Where a transfer can go from where it stands.

requested ─► ringing ─► bridged ──► ended
        └──────────┬─► returned ─┘   (nobody took the call: back to the receptionist)
                   └─► failed ───┘   (the carrier could not place it)

The caller may hang up at any time, so every state leads to ended. What the carrier reports comes
twice, late or overtaken by later news: `steps` makes of it what can still be true.
"""

from enum import Enum, auto

from domain.transfers.errors import TransferOutOfOrder
from domain.transfers.models import TransferState

NEXT = {
    TransferState.REQUESTED: {
        TransferState.RINGING,
        TransferState.BRIDGED,
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

WAITING = frozenset({TransferState.REQUESTED, TransferState.RINGING})
UNDER_WAY = WAITING | {TransferState.BRIDGED}


class News(Enum):
    """What can be heard of the telephone that rings."""

    RINGING = auto()
    ANSWERED = auto()
    UNTAKEN = auto()
    """It rang, or was engaged, and nobody took the call."""
    FAILED = auto()
    CANCELLED = auto()
    """The caller hung up before anybody answered."""
    COMPLETED = auto()
    """Those who talked have hung up."""


_TAKES = {
    News.RINGING: (TransferState.RINGING,),
    News.ANSWERED: (TransferState.BRIDGED,),
    News.UNTAKEN: (TransferState.RETURNED,),
    News.FAILED: (TransferState.FAILED,),
    News.CANCELLED: (TransferState.ENDED,),
    # Only a call that was answered can be completed: that news has been overtaken.
    News.COMPLETED: (TransferState.BRIDGED, TransferState.ENDED),
}


def steps(state: TransferState, news: News) -> tuple[TransferState, ...]:
    """The steps a transfer takes by this news; what is old, repeated or overtaken moves nothing."""
    if state is TransferState.BRIDGED and news is News.COMPLETED:
        return (TransferState.ENDED,)
    repeated = state is TransferState.RINGING and news is News.RINGING
    return _TAKES[news] if state in WAITING and not repeated else ()


def check_step(state: TransferState, wanted: TransferState) -> None:
    """Raise `TransferOutOfOrder` if a transfer cannot go there from where it stands."""
    if wanted not in NEXT[state]:
        raise TransferOutOfOrder(state, wanted)


def settles(state: TransferState, wanted: TransferState) -> bool:
    """Whether this step decides how the attempt came out."""
    return state in WAITING and wanted is not TransferState.RINGING
