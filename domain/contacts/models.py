"""People who call, and lists of numbers treated in a special way."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, Personal, Source, fingerprints, labelled
from domain.sealed import SealedField
from domain.tenancy import TenantModel

IDENTITY = DataClass.CALLER_IDENTITY
# The names under which numbers and addresses are fingerprinted.
PHONE = "contact.phone"
EMAIL = "contact.email"


class Contact(TenantModel):
    """A person known to one business, found again by telephone number or e-mail address."""

    name = labelled(SealedField(null=True), IDENTITY)
    phone = labelled(SealedField(null=True), IDENTITY)
    phone_index = fingerprints(
        labelled(fields.CharField(max_length=32, null=True), IDENTITY), "phone", PHONE
    )
    email = labelled(SealedField(null=True), IDENTITY)
    email_index = fingerprints(
        labelled(fields.CharField(max_length=32, null=True), IDENTITY), "email", EMAIL
    )
    notes = labelled(SealedField(null=True), DataClass.INQUIRY)
    language = labelled(fields.CharField(max_length=12, null=True), IDENTITY)
    source = labelled(fields.CharEnumField(Source, max_length=20), DataClass.NONE)
    created_at = labelled(fields.DatetimeField(), DataClass.CALL_METADATA)
    last_seen_at = labelled(fields.DatetimeField(), DataClass.CALL_METADATA)
    restricted_at = labelled(fields.DatetimeField(null=True), DataClass.CONSENT)
    """Since when it is only kept: agents, tools, training and exports see nothing of the person."""
    updated_at = labelled(fields.DatetimeField(), DataClass.NONE)

    personal = Personal(subject="id", clock="last_seen_at")
    sealed_by = "id"
    synced = True

    class Meta:
        table = "contact"


class NumberList(StrEnum):
    """How a listed number is treated."""

    ALLOW = "allow"
    BLOCK = "block"
    NO_CALL = "no_call"
    """Never called or texted; whoever calls from it is answered as always."""
    VIP = "vip"


class ListedNumber(TenantModel):
    """A telephone number on the block, allow or VIP list."""

    kind = labelled(fields.CharEnumField(NumberList, max_length=8), DataClass.BUSINESS)
    phone = labelled(SealedField(), IDENTITY)
    phone_index = fingerprints(labelled(fields.CharField(max_length=32), IDENTITY), "phone", PHONE)
    reason = labelled(SealedField(null=True), DataClass.INQUIRY)
    created_at = labelled(fields.DatetimeField(), DataClass.NONE)

    # The person is whoever has this number, so the path goes through the blind index.
    personal = Personal(subject="phone_index", clock="created_at")
    sealed_by = "tenant_id"

    class Meta:
        table = "listed_number"
