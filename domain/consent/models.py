"""The proof that somebody was told or asked, and what they answered."""

from enum import StrEnum

from tortoise import fields

from domain.consent.terms import Manner, Method, Outcome
from domain.personal import DataClass, Personal, labelled
from domain.tenancy import TenantModel

CONSENT = DataClass.CONSENT


class Party(StrEnum):
    """Who was told or asked."""

    CALLER = "caller"
    STAFF = "staff"


class ConsentRecord(TenantModel):
    """One answer to one announcement. Never changed: a change of mind is another record.

    It holds the keys of what was said and their version instead of words, so nothing has to be
    opened to read it, and it outlives the recording and the conversation's key.
    """

    # Without a reference: the proof stays when the conversation is deleted.
    conversation_id = labelled(fields.UUIDField(), CONSENT)
    party = labelled(fields.CharEnumField(Party, max_length=8), CONSENT)
    outcome = labelled(fields.CharEnumField(Outcome, max_length=12), CONSENT)
    manner = labelled(fields.CharEnumField(Manner, max_length=24), CONSENT)
    method = labelled(fields.CharEnumField(Method, max_length=16), CONSENT)
    texts: list[str] = labelled(fields.JSONField(), CONSENT)
    texts_version = labelled(fields.CharField(max_length=20), CONSENT)
    language = labelled(fields.CharField(max_length=12), CONSENT)
    rules: list[str] = labelled(fields.JSONField(), CONSENT)
    needs_counsel = labelled(fields.BooleanField(), CONSENT)
    may_record = labelled(fields.BooleanField(), CONSENT)
    may_transcribe = labelled(fields.BooleanField(), CONSENT)
    may_train = labelled(fields.BooleanField(), CONSENT)
    offset_ms = labelled(fields.IntField(), CONSENT)
    at = labelled(fields.DatetimeField(), CONSENT)

    personal = Personal(subject="conversation_id.contact_id", clock="at")

    outlives = "what somebody agreed to must be shown (GDPR Art. 7(1)); it holds no words"

    class Meta:
        table = "consent_record"
