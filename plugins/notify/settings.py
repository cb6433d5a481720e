"""Who gets e-mail, and about what."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from plugins.report import Topic

# Only what keeps a typing error out; whether somebody reads there, nobody can know.
Address = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[^@\s,]+@[^@\s,]+$", max_length=254)
]


class Settings(BaseModel):
    """The notify plugin of one tenant."""

    model_config = ConfigDict(extra="forbid")

    to: list[Address] = Field(
        default=[],
        max_length=20,
        title="Recipients",
        description="The members who want letters, if empty",
    )
    about: set[Topic] = Field(
        default=set(Topic), title="About", description="Which conversations to send e-mail about"
    )
