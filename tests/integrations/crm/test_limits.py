"""What a limit means, and for how long: by the words and headers of each vendor."""

import pytest

from domain.crm.ports import CrmBusy
from domain.crm.wire import LONGEST_PAUSE
from integrations import hubspot, pipedrive, salesforce, zoho
from tests.fakes.crm import Answered

LIMIT = "REQUEST_LIMIT_EXCEEDED"
CONCURRENT = [{"errorCode": LIMIT, "message": "ConcurrentRequests Limit exceeded."}]
WHOLE_DAY = [{"errorCode": LIMIT, "message": "TotalRequests Limit exceeded."}]
CREDITS = {"code": "TOO_MANY_REQUESTS", "message": "out of API credits", "status": "error"}


@pytest.mark.parametrize(
    ("fault", "status", "headers", "said", "seconds"),
    [
        (hubspot.fault, 429, {}, {"policyName": "TEN_SECONDLY_ROLLING"}, 10),
        (hubspot.fault, 429, {}, {"policyName": "DAILY"}, 1800),
        (salesforce.fault, 403, {}, CONCURRENT, 10),
        (salesforce.fault, 403, {}, WHOLE_DAY, 1800),
        (salesforce.fault, 503, {"retry-after": "7"}, [], 7),
        (pipedrive.fault, 429, {}, {}, 2),
        (pipedrive.fault, 429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1"}, {}, 1),
        (pipedrive.fault, 429, {"x-ratelimit-remaining": "9"}, {}, 1800),
        (pipedrive.fault, 429, {"retry-after": "5"}, {}, 5),
        (zoho.fault, 429, {}, {}, 60),
        (zoho.fault, 429, {}, CREDITS, 1800),
        (zoho.fault, 429, {"retry-after": "999999"}, {}, LONGEST_PAUSE),
        (zoho.fault, 429, {"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, {}, 60),
    ],
)
def test_a_limit_says_how_long_to_wait(fault, status, headers, said, seconds):
    busy = fault(Answered(status, headers, b""), said)
    assert isinstance(busy, CrmBusy)
    assert busy.seconds == seconds
