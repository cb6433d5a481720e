"""What is left outside the database of rows that are gone, until it is removed too."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import TenantModel

NONE = DataClass.NONE


class LeftoverKind(StrEnum):
    """Where it is."""

    FOLDER = "folder"
    """Objects in the store, by the folder they are in."""
    KEY = "key"
    """A key in the keyring; another one may be made under its id."""
    LAST_KEY = "last_key"
    """The same, of somebody or something that is gone: there will never be another one."""
    LETTERS = "letters"
    """Letters about one conversation, where the deployment keeps its letters itself."""


class Leftover(TenantModel):
    """One thing that is still to be removed; the row goes when that is done."""

    cause_id = labelled(fields.UUIDField(), NONE)
    """What did away with the row: an erasure, or a run of retention."""
    kind = labelled(fields.CharEnumField(LeftoverKind, max_length=10), NONE)
    name = labelled(fields.CharField(max_length=200), NONE)
    """The folder, or the id of the key or the conversation."""
    created_at = labelled(fields.DatetimeField(), NONE)

    outlives = "what is still to be removed; it empties itself"

    class Meta:
        table = "leftover"
