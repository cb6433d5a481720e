"""Analytics: figures of each day in which nobody can be told apart, in a bucket of the business."""

from datetime import timedelta

from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.analytics.graphql import Analytics
from plugins.analytics.jobs import bucket_of, make, schema_file, settings_of
from plugins.analytics.service import NAME
from plugins.analytics.settings import Settings
from plugins.capability import CheckContext
from plugins.manifest import Category, Manifest
from plugins.spec import Checking, Extend, Later, hookimpl

EVERY = timedelta(hours=1)
# Seconds: some days, with a few files each.
PATIENCE = 120.0


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name=NAME,
        title="Analytics",
        summary="Figures of each day, without anybody in them, as files in your own bucket.",
        version="1",
        category=Category.ANALYTICS,
        settings=Settings,
        permissions=frozenset(
            {"appointments:read", "conversations:read", "leads:read", "messages:read"}
        ),
        # It counts what is known of calls; nothing of it leaves but figures of several.
        data=frozenset({DataClass.CALL_METADATA}),
        purpose=Purpose.ANALYTICS,
        models="plugins.analytics.models",
    )


@hookimpl
def register_jobs(later: Later) -> None:
    """Days that are over are made, and what is missing is made up for."""
    later(make, every=EVERY, timeout=PATIENCE)


@hookimpl
def register_schema(extend: Extend) -> None:
    """The figures can be looked at and downloaded here, too."""
    extend(Analytics)


@hookimpl
def register_checks(checking: Checking) -> None:
    """It works if the bucket takes the description of our files."""
    checking(check)


async def check(context: CheckContext) -> None:
    """Put the schema there. Raises whatever stands in the way."""
    bucket, file = bucket_of(context), schema_file(settings_of(context).prefix)
    if bucket is not None:
        await bucket.put(file.key, file.body, file.kind, context.clock.now())
