"""What was written to hurt is refused with a reason, and nothing of ours breaks."""

import pytest

from tests.api.hostile import CORPUS

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize("name", CORPUS)
async def test_a_hostile_request_is_answered(owner, name):
    answer = await owner.http.post("/graphql", content=CORPUS[name], headers=owner.headers | JSON)
    assert answer.status_code < 500
    told = answer.json()
    codes = {
        each["extensions"]["code"] for each in told.get("errors", ()) if isinstance(told, dict)
    }
    assert "INTERNAL" not in codes
    # No answer repeats what was sent at length.
    assert len(answer.content) < 200_000
