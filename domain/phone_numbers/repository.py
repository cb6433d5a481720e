"""Telephone numbers as one unit of work sees them."""

from domain.phone_numbers.models import PhoneNumber
from domain.repository import Repository


class PhoneNumbers(Repository[PhoneNumber]):
    """The numbers the business is reached on."""

    model = PhoneNumber
    noun = "telephone number"
