"""What an operator may set, and where it ends up."""

import pytest
from pydantic import SecretStr, ValidationError

from deskbell.deployment import find
from deskbell.settings import Environment, Settings

SERVER = "postgres://boss:hidden@db.test:5433/postgres"
QUEUE = "redis://:hidden@queue.test:6380/2"


@pytest.fixture
def surroundings(monkeypatch, tmp_path):
    """An environment of which nothing is set, in a folder without `.env`."""
    monkeypatch.chdir(tmp_path)
    ours = (f"DESKBELL_{name.upper()}" for name in Settings.model_fields)
    for name in ("DATABASE_URL", "REDIS_URL", *ours):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def given(surroundings, **variables):
    for name, value in variables.items():
        surroundings.setenv(name, value)
    return Settings()


def test_everything_has_a_default(surroundings):
    settings = Settings()
    assert (settings.environment, settings.port) == (Environment.DEVELOPMENT, 8000)
    assert settings.database_url is None


def test_variables_have_our_prefix(surroundings):
    settings = given(surroundings, DESKBELL_PORT="8080", PORT="1", ENVIRONMENT="production")
    assert (settings.port, settings.production) == (8080, False)


@pytest.mark.parametrize("name", ["DATABASE_URL", "DESKBELL_DATABASE_URL"])
def test_the_database_has_its_usual_name_too(surroundings, name):
    assert given(surroundings, **{name: SERVER}).database_url == SecretStr(SERVER)


@pytest.mark.parametrize("name", ["REDIS_URL", "DESKBELL_REDIS_URL"])
def test_the_queue_has_its_usual_name_too(surroundings, name):
    assert given(surroundings, **{name: QUEUE}).redis_url == SecretStr(QUEUE)


def test_a_file_fills_what_the_environment_lacks(surroundings, tmp_path):
    (tmp_path / ".env").write_text("DESKBELL_PORT=8100\nDESKBELL_MEDIA_PORT=8101\n")
    settings = given(surroundings, DESKBELL_PORT="8200")
    assert (settings.port, settings.media_port) == (8200, 8101)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DESKBELL_PORT", "eighty"),
        ("DESKBELL_ENVIRONMENT", "staging"),
        ("DESKBELL_VOICE_MAX_CALLS", "0"),
        ("DESKBELL_MEDIA_WORKERS", "0"),
        ("DESKBELL_DATABASE_POOL", "-1"),
    ],
)
def test_what_makes_no_sense_is_refused(surroundings, name, value):
    with pytest.raises(ValidationError):
        given(surroundings, **{name: value})


def test_no_secret_is_shown(surroundings):
    servers = {"DATABASE_URL": SERVER, "REDIS_URL": QUEUE}
    settings = given(surroundings, **servers, DESKBELL_SENTRY_DSN="hidden")
    assert "hidden" not in repr(settings) + repr(find(settings))


def test_one_server_url_gives_six(surroundings):
    urls = find(given(surroundings, DATABASE_URL=SERVER, REDIS_URL=QUEUE)).databases
    assert urls.runtime.startswith("postgres://app_rt:")
    assert urls.system.startswith("postgres://app_system:")
    assert urls.owner.endswith("@db.test:5433/deskbell")
    assert urls.keyring_owner.endswith("@db.test:5433/deskbell_keyring")


def test_the_keyring_may_live_elsewhere(surroundings):
    keyring = SERVER.replace("db.test", "keys.test")
    settings = given(
        surroundings, DATABASE_URL=SERVER, REDIS_URL=QUEUE, DESKBELL_KEYRING_URL=keyring
    )
    urls = find(settings).databases
    assert "@keys.test:" in urls.keyring_runtime
    assert "@db.test:" in urls.runtime


def test_role_passwords_are_made_once(surroundings):
    settings = given(surroundings, DATABASE_URL=SERVER, REDIS_URL=QUEUE)
    assert find(settings).databases == find(settings).databases


@pytest.mark.parametrize("kind", ["owner", "runtime", "system"])
def test_a_process_needs_only_the_urls_of_its_kind(surroundings, kind):
    names = {f"DESKBELL_{kind.upper()}_URL": SERVER, f"DESKBELL_KEYRING_{kind.upper()}_URL": SERVER}
    deployment = find(given(surroundings, REDIS_URL=QUEUE, **names))
    urls = deployment.databases
    assert {name for name, url in vars(urls).items() if url} == {kind, f"keyring_{kind}"}
    # Nothing was started, and nothing can be made: the roles are somebody else's.
    assert not (deployment.home.folder / "servers").exists()
    assert deployment.admin_url is None
