"""What a salon sets."""

from pydantic import BaseModel, ConfigDict, Field


class AddOn(BaseModel):
    """What goes with a service: chosen with it, another service is booked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    service: str
    name: str
    together: str = Field(description="The name of the service that is both.")


class Settings(BaseModel):
    """The salon plugin of one tenant."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    stylists: tuple[str, ...] = Field(
        (), max_length=30, description="Those whom guests are offered by name; empty: nobody is."
    )
    add_ons: tuple[AddOn, ...] = Field((), max_length=30)
    patch_test: tuple[str, ...] = Field(
        ("Color",), description="Services for which a patch test has to be had before."
    )
    front_desk: str = Field("Front desk", max_length=60)
