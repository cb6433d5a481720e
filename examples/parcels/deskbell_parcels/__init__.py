"""Tells callers of a shop whether their parcel has come."""

from datetime import timedelta

from deskbell_parcels.asking import where_is_it
from deskbell_parcels.graphql import Parcels
from deskbell_parcels.keeping import forget
from deskbell_parcels.receiving import arrived
from deskbell_parcels.settings import Settings
from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.manifest import Category, Manifest
from plugins.spec import Extend, Later, Mount, Offer, hookimpl


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name="parcels",
        title="Parcels",
        summary="Tells callers whether their parcel has come, as your carrier reports it.",
        version="1.0.0",
        category=Category.TOOL,
        icon="📦",
        settings=Settings,
        permissions=frozenset({"tenant:read"}),
        data=frozenset({DataClass.BUSINESS}),
        purpose=Purpose.SERVICE,
        models="deskbell_parcels.models",
    )


@hookimpl
def register_tools(offer: Offer) -> None:
    """Callers ask for a parcel by its number."""
    offer(where_is_it)


@hookimpl
def register_routes(mount: Mount) -> None:
    """The carrier tells of parcels."""
    mount("arrived", arrived)


@hookimpl
def register_jobs(later: Later) -> None:
    """Old parcels are forgotten every night."""
    later(forget, every=timedelta(days=1))


@hookimpl
def register_schema(extend: Extend) -> None:
    """How many parcels wait."""
    extend(Parcels)
