"""Payment Links over Stripe's own SDK, which is synchronous: from a thread."""

import asyncio

import stripe

from domain.errors import Unavailable
from domain.payments import Payment
from domain.ports import leave
from integrations.stripe.settings import StripeSettings, Till


class StripeLinks:
    """Implements `PaymentLinks`: one link for one conversation, on the account of the business."""

    def __init__(
        self, settings: StripeSettings, http_client: stripe.HTTPClient | None = None
    ) -> None:
        self._tills = settings.tills
        self._client = stripe.StripeClient(
            settings.secret_key.get_secret_value(),
            http_client=http_client or stripe.RequestsClient(timeout=settings.timeout_seconds),
            max_network_retries=0,
        )

    def takes(self, business: str) -> bool:
        """Whether a business has a till."""
        return business in self._tills

    async def link(self, payment: Payment) -> str:
        """Make a link, or get the same one again. Raises `Unavailable`."""
        leave()
        till = self._tills.get(payment.business)
        if till is None:
            raise Unavailable("This business takes no payments by link")
        try:
            return await asyncio.to_thread(self._make, payment, till)
        except stripe.StripeError as fault:
            # What Stripe says may repeat what was sent; its kind says enough.
            raise Unavailable(f"Stripe failed: {type(fault).__name__}") from None

    def _make(self, payment: Payment, till: Till) -> str:
        made = self._client.v1.payment_links.create(
            {
                "line_items": [{"price": till.price, "quantity": 1}],
                "metadata": {"conversation": str(payment.conversation_id)},
                # Good for one payment, so that nobody pays on the link of somebody else.
                "restrictions": {"completed_sessions": {"limit": 1}},
            },
            {
                "stripe_account": till.account,
                "idempotency_key": f"payment-link:{payment.conversation_id}",
            },
        )
        return made.url
