"""What Mailchimp's answers mean.

Source: https://mailchimp.com/developer/marketing/docs/errors/ (problem details, RFC 9457).
"""

from typing import Any

from domain.crm.ports import CrmBusy, CrmRefused
from domain.crm.wire import Taken, nonsense, pause
from domain.outgoing import Fetched

# Seconds. Ten requests at once are the limit; it says nothing of how long to wait.
BURST_PAUSE = 10.0
# Mailchimp's titles of what it takes from nobody but the person, and our words for them.
TITLES = {
    "Forgotten Email Not Subscribed": "forgotten_there",
    "Member In Compliance State": "unsubscribed_there",
    "Invalid Resource": "address_not_taken",
    "Bad Request": "address_not_taken",
}


class NotTaken(CrmRefused):
    """It does not take this one address; all others it may."""

    code = "ADDRESS_NOT_TAKEN"


def fault(answer: Fetched, said: Any) -> Exception:
    """What an answer that is no success means."""
    title = str(said.get("title", "")) if isinstance(said, dict) else ""
    if answer.status == 429:
        return CrmBusy(pause(answer, BURST_PAUSE))
    if answer.status == 404:
        return KeyError("record")
    if answer.status == 400 and title == "Member Exists":
        return Taken()
    if answer.status == 400 and title in TITLES:
        return NotTaken(TITLES[title])
    if 400 <= answer.status < 500:
        return CrmRefused(f"status_{answer.status}")
    return nonsense()
