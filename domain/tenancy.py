"""The shape every table of a tenant shares, and the short list of tables that have no tenant."""

from dataclasses import dataclass
from typing import Any, ClassVar

from tortoise import fields
from tortoise.models import Model, ModelMeta

from domain.personal import DataClass, Personal, labelled

# Row-level security is forced on every table but these. Each has its reason.
WITHOUT_TENANT = {
    "authenticator": "a person proves themselves in the same way wherever they work",
    "inbox": "a vendor's webhook is stored before its tenant is known",
    "passkey": "likewise",
    "policy_edition": "what the operator publishes is the same for everybody",
    "recovery_code": "likewise",
    "tortoise_migrations": "which migrations have run",
    "user": "a person may work for several tenants",
}


@dataclass(frozen=True)
class Reference:
    """A foreign key within the tenant: `(tenant_id, column)` to `(tenant_id, id)` of a table."""

    table: str
    on_delete: str = "RESTRICT"


class WithoutComments(ModelMeta):
    """Makes tables without reading their source: Tortoise would parse each file for comments."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> type:
        """Make the class, a tenth of the time to start a process sooner."""
        return super().__new__(cls, name, bases, {**attrs, "_no_comments": True})


class TenantModel(Model, metaclass=WithoutComments):
    """A row that belongs to one tenant. Its database key is `(tenant_id, id)`.

    Tortoise knows `id` alone as the key; the migration operation `TenantTable` makes the real
    keys, the foreign keys named in `references`, row-level security and the grants.
    """

    id = labelled(fields.UUIDField(primary_key=True, default=None), DataClass.NONE)
    tenant_id = labelled(fields.UUIDField(), DataClass.NONE)

    personal: ClassVar[Personal | None] = None
    """Whose data this is; required as soon as a column is labelled as personal."""
    sealed_by: ClassVar[str | None] = None
    """The column whose value names the key of this row's sealed columns, and of its objects."""
    objects_in: ClassVar[str | None] = None
    """The column that names the folder of objects which belong to a row."""
    outlives: ClassVar[str | None] = None
    """Why rows stay when a person or the business is erased; None if they do not."""
    references: ClassVar[dict[str, Reference]] = {}
    synced: ClassVar[bool] = False
    """Whether copies of the table are kept elsewhere: `updated_at` says when a row changed last."""
    stays_here: ClassVar[bool] = False
    """Whether its rows mean something at this deployment only, and are not taken elsewhere."""

    class Meta:
        abstract = True
