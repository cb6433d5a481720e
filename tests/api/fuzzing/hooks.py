"""What the fuzzer must know of our schema, and what counts as broken."""

from typing import Any

import schemathesis
from hypothesis import strategies as st
from hypothesis_graphql import nodes

STRINGS = {
    "Date": ["2026-11-17", "0001-01-01", "9999-12-31", "no date"],
    "DateTime": ["2026-11-17T15:00:00Z", "0001-01-01T00:00:00Z", "yesterday"],
    "Duration": ["PT1H", "-PT1S", "P999999999D", "soon"],
    "EmailAddress": ["anna@example.com", "@"],
    "PhoneNumber": ["+12125550142", "+1((("],
    "Time": ["09:00:00", "25:00:00"],
    "TimeZone": ["Europe/London", "Nowhere/Else"],
    "Url": ["https://hooks.example/", "http://127.0.0.1/", "javascript:1"],
}
for name, words in STRINGS.items():
    schemathesis.graphql.scalar(name, st.sampled_from(words).map(nodes.String))
schemathesis.graphql.scalar("JSON", st.just({}).map(lambda _: nodes.Object([])))


@schemathesis.check
def nothing_unexpected(ctx: Any, response: Any, case: Any) -> None:
    """An answer may refuse; it may not be the apology for a fault of ours."""
    assert response.status_code < 500
    assert '"code":"INTERNAL"' not in response.text
