"""What is to be done about somebody on an audience: pure, whatever happened before.

Mailchimp's own state is the only memory. Who left there comes back by their own click only, and
what the business archived there stays so.
"""

from enum import Enum

from domain.outreach.newsletters import Subscriber
from integrations.mailchimp import Entry, Member, Status

SENT_LETTERS = frozenset({Status.SUBSCRIBED, Status.PENDING})


class Step(Enum):
    """What is done there."""

    NOTHING = "nothing"
    ADD = "add"
    CORRECT = "correct"
    ASK = "ask"
    """Have Mailchimp ask them to confirm."""
    RETURN = "return"
    """Send letters again, after they were not to be used for a while."""
    UNSUBSCRIBE = "unsubscribe"
    ARCHIVE = "archive"


def step_to(
    there: Member | None,
    wanted: Subscriber | None,
    entry: Entry | None,
    *,
    only_kept: bool = False,
    returns: bool = False,
) -> Step:
    """From how somebody stands there to how they want it.

    `only_kept` is who has their data restricted, `returns` who just had that lifted.
    """
    if wanted is None or entry is None:
        return _leaving(there, only_kept=only_kept)
    if there is None:
        return Step.ADD
    return _asked(there, wanted, entry, returns=returns)


def _asked(there: Member, wanted: Subscriber, entry: Entry, *, returns: bool) -> Step:
    """Who stands there already is asked, corrected, or left as they are."""
    step = Step.NOTHING
    match there.status:
        case Status.SUBSCRIBED | Status.PENDING if not there.says(entry):
            step = Step.CORRECT
        case Status.UNSUBSCRIBED if wanted.asked_at > there.changed_at:
            step = Step.ASK
        case Status.CLEANED if there.email.lower() != entry.email.lower():
            step = Step.ADD
        case Status.ARCHIVED if returns:
            step = Step.RETURN
        case Status.OTHER:
            step = Step.RETURN
    return step


def _leaving(there: Member | None, *, only_kept: bool) -> Step:
    """Nothing is sent to who does not want it; who is only kept stays there, out of use."""
    if there is None or there.status in {Status.UNSUBSCRIBED, Status.CLEANED, Status.OTHER}:
        return Step.NOTHING
    if only_kept:
        return Step.ARCHIVE if there.status in SENT_LETTERS else Step.NOTHING
    # Also who is archived: somebody could fetch them back.
    return Step.UNSUBSCRIBE
