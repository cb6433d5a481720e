"""Consents to be called and texted, word for word, and what was let out on their strength."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.privacy.purposes import Purpose
from domain.tenancy import TenantModel

CONSENT = DataClass.CONSENT
NONE = DataClass.NONE


class Route(StrEnum):
    """How somebody is reached."""

    CALL = "call"
    EMAIL = "email"
    TEXT = "text"


class Form(StrEnum):
    """How a consent was given."""

    EXPRESS = "express"
    """Said, or otherwise made clear."""
    WRITTEN = "written"
    """Signed, if only by a tick: what advertising needs."""


class OutreachConsent(TenantModel):
    """That somebody may be reached on one route for one purpose, after being told these words."""

    contact_id = labelled(fields.UUIDField(), CONSENT)
    route = labelled(fields.CharEnumField(Route, max_length=8), CONSENT)
    purpose = labelled(fields.CharEnumField(Purpose, max_length=24), CONSENT)
    form = labelled(fields.CharEnumField(Form, max_length=8), CONSENT)
    disclosure = labelled(fields.TextField(), CONSENT)
    """The words that they agreed to."""
    disclosure_version = labelled(fields.CharField(max_length=40), CONSENT)
    language = labelled(fields.CharField(max_length=12), CONSENT)
    conversation_id = labelled(fields.UUIDField(null=True), CONSENT)
    """The call or chat in which they did."""
    given_at = labelled(fields.DatetimeField(), CONSENT)
    recorded_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    withdrawn_at = labelled(fields.DatetimeField(null=True), CONSENT)

    personal = Personal(subject="contact_id", clock="given_at")

    outlives = "what allowed a call or text must be shown (TCPA, 47 CFR § 64.1200)"

    class Meta:
        table = "outreach_consent"


class OutreachPermit(TenantModel):
    """That somebody was reached, and what allowed it."""

    contact_id = labelled(fields.UUIDField(), CONSENT)
    route = labelled(fields.CharEnumField(Route, max_length=8), CONSENT)
    purpose = labelled(fields.CharEnumField(Purpose, max_length=24), CONSENT)
    consent_id = labelled(fields.UUIDField(null=True), CONSENT)
    answers_id = labelled(fields.UUIDField(null=True), CONSENT)
    """The call of theirs that it answers, where that is what allowed it."""
    visit_id = labelled(fields.UUIDField(null=True), CONSENT)
    """The visit of theirs that it was about, where it was about one."""
    rules: list[str] = labelled(fields.JSONField(default=list), NONE)
    """The dated rules that were asked."""
    at = labelled(fields.DatetimeField(), CONSENT)

    personal = Personal(subject="contact_id", clock="at")

    outlives = "what allowed a call or text must be shown (TCPA, 47 CFR § 64.1200)"

    class Meta:
        table = "outreach_permit"
