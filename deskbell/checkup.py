"""What `deskbell doctor` looks at."""

import asyncio
import platform
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from urllib.parse import urlsplit

import asyncpg
from redis.asyncio import Redis

from deskbell.connecting import redis_tls
from deskbell.deployment import Deployment, find
from deskbell.embedded import Progress
from deskbell.migrate import OLDEST_POSTGRES, pending
from deskbell.settings import Settings
from deskbell.transport import Offered, in_the_clear, offered
from domain.clock import SystemClock
from domain.tls import TlsFloor
from integrations.local_speech import ModelStore, WeightsMissing
from integrations.local_speech.catalogue import MODELS
from integrations.places import RegistryPlaces
from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store

# As long as it takes somebody to notice.
RENEW_BEFORE = timedelta(days=14)

# Of a university that has had it since the beginning.
KNOWN_NETWORK = "171.64.0.0/24"


@dataclass(frozen=True)
class Finding:
    """One component; `advice` is empty when all is well."""

    component: str
    version: str
    well: bool
    advice: str = ""


Look = Callable[[Deployment], Awaitable[Finding]]


async def examine(settings: Settings, step: Progress) -> list[Finding]:
    """Look at everything; one component that fails does not hide the others."""
    findings = [
        Finding("Deskbell", version("deskbell"), True),
        Finding("Python", platform.python_version(), True),
    ]
    try:
        deployment = find(settings, step)
    except Exception as fault:
        advice = f"{fault} Set DATABASE_URL and REDIS_URL, or install deskbell[embedded]."
        return [*findings, Finding("Servers", "", False, advice)]
    for name, look, advice in LOOKS:
        step(name)
        findings.append(await _look(name, look, advice, deployment))
    return findings


async def _look(name: str, look: Look, advice: str, deployment: Deployment) -> Finding:
    try:
        return await look(deployment)
    except Exception as fault:
        return Finding(name, "", False, f"{type(fault).__name__}: {fault}. {advice}")


async def _postgres(deployment: Deployment) -> Finding:
    urls = deployment.databases
    connection = await asyncpg.connect(
        deployment.admin_url or urls.runtime or urls.system or urls.owner
    )
    try:
        found = connection.get_server_version()
    finally:
        await connection.close()
    well = found.major >= OLDEST_POSTGRES
    advice = "" if well else f"Use PostgreSQL {OLDEST_POSTGRES} or newer."
    return Finding("PostgreSQL", f"{found.major}.{found.minor}", well, advice)


async def _migrations(deployment: Deployment) -> Finding:
    if not deployment.databases.owner:
        return Finding("Migrations", "known where DESKBELL_OWNER_URL is set", True)
    missing = await pending(deployment.databases)
    advice = f"Run `deskbell migrate`: {len(missing)} to apply." if missing else ""
    return Finding("Migrations", f"{len(missing)} pending", not missing, advice)


async def _valkey(deployment: Deployment) -> Finding:
    options = redis_tls(deployment.redis_url, deployment.settings.tls_floor)
    redis = Redis.from_url(deployment.redis_url, **options)
    try:
        info = await redis.info("server")
    finally:
        await redis.aclose()
    name = "Valkey" if "valkey_version" in info else "Redis"
    return Finding(name, str(info.get("valkey_version", info["redis_version"])), True)


async def _recordings(deployment: Deployment) -> Finding:
    url = deployment.settings.storage_url or deployment.home.recordings_url
    store = open_store(StorageSettings(url=url))
    await store.put("doctor/probe", b"probe")
    await store.delete(["doctor/probe"])
    return Finding("Recordings", url.partition(":")[0], True)


async def _places(_: Deployment) -> Finding:
    """Whether journeys that nobody can have made are seen: one network, as the lists have it."""
    known = RegistryPlaces().country(KNOWN_NETWORK) is not None
    advice = "" if known else "Impossible travel is not seen: install iptocc and tzdata."
    return Finding("Places", f"iptocc {version('iptocc')}", known, advice)


async def _speech(deployment: Deployment) -> Finding:
    store = ModelStore(deployment.home.models, deployment.settings.speech_model_dir)
    names = ", ".join(model.name for model in MODELS)
    try:
        for model in MODELS:
            await asyncio.to_thread(store.folder_of, model)
    except WeightsMissing as fault:
        return Finding("Speech", names, False, f"{fault} Calls need it; chat does not.")
    return Finding("Speech", names, True)


async def _encryption(deployment: Deployment) -> Finding:
    """Whether anything leaves this machine in the clear; that matters in production."""
    plain, floor = in_the_clear(deployment), deployment.settings.tls_floor
    well = not plain or not deployment.settings.production
    advice = f"In the clear: {', '.join(plain)}. Use TLS." if plain else ""
    return Finding("Encryption", f"TLS {floor} or newer", well, advice)


async def _served(deployment: Deployment) -> Finding:
    """What the public address speaks, by real handshakes."""
    settings, parts = deployment.settings, urlsplit(deployment.settings.public_url)
    if parts.scheme != "https":
        return Finding("Public address", "no TLS", True)
    try:
        found = await offered(parts.hostname or "", parts.port or 443)
    except OSError:
        advice = f"Nobody answers at {settings.public_url}."
        return Finding("Public address", "", not settings.production, advice)
    return _judged(found, settings.tls_floor)


def _judged(found: Offered, floor: TlsFloor) -> Finding:
    now, expires_at = SystemClock().now(), found.expires_at
    if expires_at is None:
        return Finding("Public address", "", False, "It does not speak TLS.")
    told = f"TLS {', '.join(found.versions)}; certificate until {expires_at:%Y-%m-%d}"
    advice = "" if found.keeps(floor) else f"It speaks TLS older than {floor}."
    if expires_at - now < RENEW_BEFORE:
        advice = f"{advice} Renew the certificate.".strip()
    return Finding("Public address", told, not advice, advice)


LOOKS: tuple[tuple[str, Look, str], ...] = (
    ("PostgreSQL", _postgres, "Is the server running, and DATABASE_URL right?"),
    ("Migrations", _migrations, "Run `deskbell migrate`."),
    ("Valkey", _valkey, "Is the server running, and REDIS_URL right?"),
    ("Recordings", _recordings, "Check DESKBELL_STORAGE_URL and its credentials."),
    ("Encryption", _encryption, ""),
    ("Public address", _served, "Check DESKBELL_PUBLIC_URL."),
    ("Places", _places, "Install iptocc."),
    ("Speech", _speech, "Install deskbell[speech]."),
)
