"""Who must agree that a conversation is kept, what they were told, and the proof that they did."""

from domain.consent.choices import choices_of as choices_of
from domain.consent.rules import decide as decide
from domain.consent.service import record as record
