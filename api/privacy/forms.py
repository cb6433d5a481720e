"""What the pages of the rights desk send."""

import re
from typing import Self
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from api.forms import Form
from domain.rights.kinds import RequestKind

# An address and nothing else: no list, no header, no blanks.
ADDRESS = re.compile(r"[^\s,;<>@]{1,64}@[^\s,;<>@]{1,180}\.[^\s,;<>@.]{2,}\Z")
PLACE = r"^([A-Za-z]{2}(-[A-Za-z0-9]{1,3})?)?$"
NUMBER = r"^(\+?[0-9 ().-]{5,24})?$"


class Wish(Form):
    """What a caller asks for, and how they are reached."""

    kind: RequestKind
    name: str = Field("", max_length=200)
    email: str = Field("", max_length=254)
    phone: str = Field("", max_length=25, pattern=NUMBER)
    words: str = Field("", max_length=5000)
    place: str = Field("", max_length=6, pattern=PLACE)

    @field_validator("kind", mode="before")
    @classmethod
    def _kind(cls, value: object) -> object:
        # Strict models take members of an enumeration only; JSON has none.
        return RequestKind(str(value)) if value in set(RequestKind) else value

    @field_validator("email")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not ADDRESS.match(value):
            raise ValueError("This is no e-mail address")
        return value

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if not (self.email or self.phone):
            raise ValueError("Leave an e-mail address or a telephone number")
        return self


class Proof(Form):
    """The code of a letter, and for which request it is."""

    request: UUID = Field(strict=False)
    code: str = Field(min_length=1, max_length=20)


class Token(Form):
    """What a link to a copy holds."""

    token: str = Field(pattern=r"^[0-9a-f]{32}\.[0-9a-f]{32}\.[A-Za-z0-9_-]{20,64}$")
