"""Links to pay at, as Stripe's own SDK asks for them; the network is a fake of its transport."""

import json
from urllib.parse import parse_qs
from uuid import UUID

import pytest
import stripe
from pydantic import SecretStr, ValidationError

from domain.errors import Unavailable
from domain.payments import Payment
from integrations.stripe import StripeLinks, StripeSettings

ID = UUID("01a1e4df-4580-7490-8028-23af01149245")
TILLS = {"main-street": {"account": "acct_1", "price": "price_1"}}


class Wire(stripe.HTTPClient):
    """Answers what the SDK sends, and remembers it."""

    name = "wire"

    def __init__(self, status=200, answer=None):
        super().__init__()
        self.sent = []
        self.status = status
        self.answer = answer or {
            "id": "plink_1",
            "object": "payment_link",
            "url": "https://buy.stripe.com/test_1",
        }

    def request(self, method, url, headers, post_data=None):
        self.sent.append((method, url, headers, parse_qs(post_data or "")))
        return json.dumps(self.answer), self.status, {"request-id": "req_1"}

    def close(self):
        """Nothing is open."""


@pytest.fixture
def links(tmp_path):
    path = tmp_path / "tills.json"
    path.write_text(json.dumps(TILLS))
    settings = StripeSettings.read(SecretStr("sk_test_1"), path)
    return lambda wire: StripeLinks(settings, wire)


@pytest.mark.law("L47")
async def test_a_link_is_asked_for_as_stripe_wants_it(links):
    wire = Wire()
    assert await links(wire).link(Payment("main-street", ID)) == "https://buy.stripe.com/test_1"
    [(method, url, headers, form)] = wire.sent
    assert (method, url) == ("post", "https://api.stripe.com/v1/payment_links")
    assert form == {
        "line_items[0][price]": ["price_1"],
        "line_items[0][quantity]": ["1"],
        "metadata[conversation]": [str(ID)],
        "restrictions[completed_sessions][limit]": ["1"],
    }
    assert headers["Stripe-Account"] == "acct_1"
    assert headers["Authorization"] == "Bearer sk_test_1"
    assert headers["Idempotency-Key"] == f"payment-link:{ID}"


async def test_a_business_without_a_till_is_not_paid(links):
    wire = Wire()
    made = links(wire)
    assert (made.takes("main-street"), made.takes("side-street")) == (True, False)
    with pytest.raises(Unavailable):
        await made.link(Payment("side-street", ID))
    assert wire.sent == []


@pytest.mark.parametrize("status", [400, 401, 402, 429, 500])
async def test_what_stripe_refuses_is_unavailable(links, status):
    answer = {"error": {"type": "api_error", "message": "secret words"}}
    with pytest.raises(Unavailable) as refused:
        await links(Wire(status, answer)).link(Payment("main-street", ID))
    assert "secret words" not in refused.value.message


def test_tills_that_are_wrong_are_refused(tmp_path):
    path = tmp_path / "tills.json"
    path.write_text(json.dumps({"main-street": {"account": "1", "price": "price_1"}}))
    with pytest.raises(ValidationError):
        StripeSettings.read(SecretStr("sk_test_1"), path)
