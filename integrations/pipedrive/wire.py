"""What Pipedrive's answers mean.

Source: https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting and
https://pipedrive.readme.io/docs/core-api-concepts-http-status-codes
"""

import re
from typing import Any

from domain.crm.ports import CrmBusy, CrmRefused, FieldGone
from domain.crm.wire import nonsense, pause
from domain.outgoing import Fetched

# Seconds. A burst is counted over two of them; the budget of a day comes back at its end, which is
# looked for every half an hour.
BURST_PAUSE = 2.0
DAILY_PAUSE = 1800.0
# A field of a tenant's own is called by forty hexadecimal digits.
CUSTOM = re.compile(r"\b[0-9a-f]{40}\b")


def fault(answer: Fetched, said: Any) -> Exception:
    """What an answer that is no success means."""
    said = said if isinstance(said, dict) else {}
    if answer.status == 429:
        return CrmBusy(_pause(answer))
    # A record that was deleted is gone, though it can be restored there for a while.
    if answer.status in (404, 410):
        return KeyError("record")
    if answer.status == 400:
        named = CUSTOM.search(f"{said.get('error', '')} {said.get('error_info', '')}")
        return FieldGone(named[0]) if named else CrmRefused("invalid_request")
    if answer.status in (401, 402, 403):
        return CrmRefused(f"status_{answer.status}")
    return nonsense()


def _pause(answer: Fetched) -> float:
    """Seconds until the burst is over; if none of it was used up, the day's budget is."""
    usual = BURST_PAUSE if answer.headers.get("x-ratelimit-remaining", "0") == "0" else DAILY_PAUSE
    usual = pause(answer, usual, "x-ratelimit-reset") if usual == BURST_PAUSE else usual
    return pause(answer, usual)
