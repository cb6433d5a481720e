"""Fingerprints of words, in one row beside each row that has words.

They are keyed by that row and go with it. Each kind has a table of its own, for each is personal
data of another class, and grows old by another clock.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField

from domain.personal import DataClass, Personal, labelled
from domain.tenancy import Reference, TenantModel

METADATA = DataClass.CALL_METADATA


class SearchKind(StrEnum):
    """Where words were found."""

    TURN = "turn"
    SUMMARY = "summary"
    MESSAGE = "message"
    CONTACT = "contact"
    LEAD = "lead"


class Indexed(TenantModel):
    """The words of one row, under its id."""

    at = labelled(fields.DatetimeField(), METADATA)
    language = labelled(fields.CharField(max_length=12), METADATA)
    # The way of taking texts apart; what was indexed in an older way is indexed again.
    version = labelled(fields.IntField(), DataClass.NONE)

    class Meta:
        abstract = True


class TurnWords(Indexed):
    """What was said."""

    words = labelled(ArrayField(element_type="bigint"), DataClass.TRANSCRIPT)

    personal = Personal("id.conversation_id.contact_id", clock="at", derived_from="turn")
    references = {"id": Reference("turn", "CASCADE")}

    class Meta:
        table = "turn_words"


class SummaryWords(Indexed):
    """What a conversation came to."""

    words = labelled(ArrayField(element_type="bigint"), DataClass.TRANSCRIPT)

    personal = Personal("id.contact_id", clock="at", derived_from="conversation")
    references = {"id": Reference("conversation", "CASCADE")}

    class Meta:
        table = "summary_words"


class MessageWords(Indexed):
    """What callers left."""

    words = labelled(ArrayField(element_type="bigint"), DataClass.INQUIRY)

    personal = Personal("id.conversation_id.contact_id", clock="at", derived_from="message")
    references = {"id": Reference("message", "CASCADE")}

    class Meta:
        table = "message_words"


class ContactWords(Indexed):
    """Names, and what was noted of people."""

    words = labelled(ArrayField(element_type="bigint"), DataClass.CALLER_IDENTITY)

    personal = Personal("id.id", clock="at", derived_from="contact")
    references = {"id": Reference("contact", "CASCADE")}

    class Meta:
        table = "contact_words"


class LeadWords(Indexed):
    """What people may come to buy."""

    words = labelled(ArrayField(element_type="bigint"), DataClass.LEAD)

    personal = Personal("id.contact_id", clock="at", derived_from="lead")
    references = {"id": Reference("lead", "CASCADE")}

    class Meta:
        table = "lead_words"
