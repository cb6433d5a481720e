"""Stripe: pages at which callers pay a business by card."""

from integrations.stripe.links import StripeLinks as StripeLinks
from integrations.stripe.settings import StripeSettings as StripeSettings
