"""How callers pay: never by telling a card, at most by an address where they pay themselves."""

from domain.payments.ports import Payment as Payment
from domain.payments.ports import PaymentLinks as PaymentLinks
