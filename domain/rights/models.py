"""What people asked for, the codes by which they prove who they are, and what they chose."""

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.privacy.purposes import Purpose
from domain.rights.kinds import Intake, Means, Party, Refusal, RequestKind, RequestState
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel

# That somebody asked, and what came of it, is evidence: it is kept as consent is.
EVIDENCE = DataClass.CONSENT
IDENTITY = DataClass.CALLER_IDENTITY


class PrivacyRequest(TenantModel):
    """Somebody makes use of a right they have in their data.

    It has a key of its own: whoever is erased must still be told so.
    """

    kind = labelled(fields.CharEnumField(RequestKind, max_length=24), EVIDENCE)
    party = labelled(fields.CharEnumField(Party, max_length=8), EVIDENCE)
    state = labelled(fields.CharEnumField(RequestState, max_length=12), EVIDENCE)
    intake = labelled(fields.CharEnumField(Intake, max_length=8), EVIDENCE)
    contact_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    user_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    conversation_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    name = labelled(SealedField(null=True), IDENTITY)
    email = labelled(SealedField(null=True), IDENTITY)
    phone = labelled(SealedField(null=True), IDENTITY)
    place = labelled(fields.CharField(max_length=8, null=True), IDENTITY)
    words = labelled(SealedField(null=True), DataClass.INQUIRY)
    changes = labelled(SealedField(null=True), IDENTITY)
    """What is to be corrected, as JSON: the fields of a contact and their values."""
    reason = labelled(SealedField(null=True), DataClass.INQUIRY)
    """Why it was extended or refused, or what was answered, in words."""
    refusal = labelled(fields.CharEnumField(Refusal, max_length=16, null=True), EVIDENCE)
    verified_by = labelled(fields.CharEnumField(Means, max_length=10, null=True), EVIDENCE)
    assignee_id = labelled(fields.UUIDField(null=True), DataClass.AUDIT)
    instructed_by = labelled(fields.CharField(max_length=120, default=""), DataClass.AUDIT)
    """Who decided, as `kind:id`: what the operator does then, it does on their instruction."""
    received_at = labelled(fields.DatetimeField(), EVIDENCE)
    confirmed_at = labelled(fields.DatetimeField(null=True), EVIDENCE)
    verified_at = labelled(fields.DatetimeField(null=True), EVIDENCE)
    extended_at = labelled(fields.DatetimeField(null=True), EVIDENCE)
    instructed_at = labelled(fields.DatetimeField(null=True), EVIDENCE)
    """When it was decided that it be fulfilled; the work may go on after it."""
    due_at = labelled(fields.DatetimeField(), EVIDENCE)
    closed_at = labelled(fields.DatetimeField(null=True), EVIDENCE)

    personal = Personal(subject="contact_id", clock="received_at")
    sealed_by = "id"
    references = {
        "contact_id": Reference("contact", "SET NULL"),
        "conversation_id": Reference("conversation", "SET NULL"),
    }

    outlives = "what was asked and done must be shown (CCPA Regs § 7101); under a key of its own"

    class Meta:
        table = "privacy_request"


class VerificationCode(TenantModel):
    """A code that was sent to the address on file; what is kept of it tells nobody the code."""

    request_id = labelled(fields.UUIDField(), DataClass.NONE)
    means = labelled(fields.CharEnumField(Means, max_length=10), DataClass.NONE)
    code_hash = labelled(fields.CharField(max_length=64, null=True), DataClass.CREDENTIAL)
    attempts = labelled(fields.IntField(default=0), DataClass.NONE)
    created_at = labelled(fields.DatetimeField(), DataClass.NONE)
    expires_at = labelled(fields.DatetimeField(), DataClass.NONE)
    used_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)
    """When it was used, or another one took its place."""

    references = {"request_id": Reference("privacy_request", "CASCADE")}

    stays_here = True

    class Meta:
        table = "verification_code"


class PrivacyChoice(TenantModel):
    """Something a person does not want; it is heeded until they say otherwise."""

    contact_id = labelled(fields.UUIDField(), DataClass.NONE)
    kind = labelled(fields.CharEnumField(RequestKind, max_length=24), EVIDENCE)
    purpose = labelled(fields.CharEnumField(Purpose, max_length=24, null=True), EVIDENCE)
    """For what; None for everything that needs their consent, or to which one can object."""
    request_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    made_at = labelled(fields.DatetimeField(), EVIDENCE)
    ask_again_at = labelled(fields.DatetimeField(), EVIDENCE)
    """Until then nobody asks them to change their mind."""
    ended_at = labelled(fields.DatetimeField(null=True), EVIDENCE)

    personal = Personal(subject="contact_id", clock="made_at")
    references = {
        "contact_id": Reference("contact", "CASCADE"),
        "request_id": Reference("privacy_request", "SET NULL"),
    }

    class Meta:
        table = "privacy_choice"
