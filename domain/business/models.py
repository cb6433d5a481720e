"""The business as its receptionist knows it: where, what, who, when, and how to answer."""

from typing import Any

from tortoise import fields

from domain.business.profile import Repeat, ResourceKind
from domain.personal import DataClass, labelled
from domain.tenancy import Reference, TenantModel

BUSINESS = DataClass.BUSINESS
NONE = DataClass.NONE


class Location(TenantModel):
    """A place of business. Hours, time zone, numbers and transfer targets hang on it."""

    name = labelled(fields.CharField(max_length=100), BUSINESS)
    address = labelled(fields.CharField(max_length=300, default=""), BUSINESS)
    timezone = labelled(fields.CharField(max_length=64), BUSINESS)
    hours: list[dict[str, Any]] = labelled(fields.JSONField(default=list), BUSINESS)
    service_areas: list[str] = labelled(fields.JSONField(default=list), BUSINESS)
    is_default = labelled(fields.BooleanField(default=False), NONE)
    created_at = labelled(fields.DatetimeField(), NONE)

    class Meta:
        table = "location"


class Closure(TenantModel):
    """Hours that differ from the week's: closed days, holidays, special openings, time off."""

    location_id = labelled(fields.UUIDField(), NONE)
    resource_id = labelled(fields.UUIDField(null=True), NONE)
    starts_on = labelled(fields.DateField(), BUSINESS)
    ends_on = labelled(fields.DateField(), BUSINESS)
    hours: list[dict[str, Any]] = labelled(fields.JSONField(default=list), BUSINESS)
    reason = labelled(fields.CharField(max_length=100, default=""), BUSINESS)
    repeat = labelled(fields.CharEnumField(Repeat, max_length=12, null=True), BUSINESS)
    repeats_until = labelled(fields.DateField(null=True), BUSINESS)

    references = {
        "location_id": Reference("location", "CASCADE"),
        "resource_id": Reference("resource", "CASCADE"),
    }

    class Meta:
        table = "closure"


class Service(TenantModel):
    """Something a caller can book."""

    name = labelled(fields.CharField(max_length=100), BUSINESS)
    description = labelled(fields.TextField(default=""), BUSINESS)
    duration_minutes = labelled(fields.IntField(), BUSINESS)
    buffer_before_minutes = labelled(fields.IntField(default=0), BUSINESS)
    buffer_after_minutes = labelled(fields.IntField(default=0), BUSINESS)
    price_minor = labelled(fields.BigIntField(null=True), BUSINESS)
    for_new_callers = labelled(fields.BooleanField(default=True), BUSINESS)
    for_returning_callers = labelled(fields.BooleanField(default=True), BUSINESS)
    bookable = labelled(fields.BooleanField(default=True), BUSINESS)
    aliases: list[str] = labelled(fields.JSONField(default=list), BUSINESS)
    created_at = labelled(fields.DatetimeField(), NONE)

    class Meta:
        table = "service"


class Resource(TenantModel):
    """Someone or something an appointment occupies: staff, a room, a chair, a table."""

    kind = labelled(fields.CharEnumField(ResourceKind, max_length=12), BUSINESS)
    name = labelled(fields.CharField(max_length=100), BUSINESS)
    location_id = labelled(fields.UUIDField(), NONE)
    capacity = labelled(fields.IntField(default=1), BUSINESS)
    hours: list[dict[str, Any]] | None = labelled(fields.JSONField(null=True), BUSINESS)
    active = labelled(fields.BooleanField(default=True), BUSINESS)
    created_at = labelled(fields.DatetimeField(), NONE)

    references = {"location_id": Reference("location")}

    class Meta:
        table = "resource"


class ServiceResource(TenantModel):
    """Who or what can provide a service."""

    service_id = labelled(fields.UUIDField(), NONE)
    resource_id = labelled(fields.UUIDField(), NONE)

    references = {
        "service_id": Reference("service", "CASCADE"),
        "resource_id": Reference("resource", "CASCADE"),
    }

    class Meta:
        table = "service_resource"


class Intake(TenantModel):
    """Questions the business wants answered, with branches."""

    name = labelled(fields.CharField(max_length=100), BUSINESS)
    questions: list[dict[str, Any]] = labelled(fields.JSONField(default=list), BUSINESS)
    active = labelled(fields.BooleanField(default=True), BUSINESS)

    class Meta:
        table = "intake"


class CallingRules(TenantModel):
    """How the receptionist answers and books; one row per tenant, its id the tenant's."""

    rules: dict[str, Any] = labelled(fields.JSONField(default=dict), BUSINESS)
    updated_at = labelled(fields.DatetimeField(), NONE)

    class Meta:
        table = "calling_rules"


class ReceptionistVersion(TenantModel):
    """The whole profile at one moment, never changed again; a call is pinned to one."""

    number = labelled(fields.IntField(), NONE)
    profile: dict[str, Any] = labelled(fields.JSONField(), BUSINESS)
    created_at = labelled(fields.DatetimeField(), NONE)
    created_by = labelled(fields.CharField(max_length=80), DataClass.AUDIT)

    class Meta:
        table = "receptionist_version"
