"""What `deskbell doctor` looks at."""

import asyncio
import platform
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.metadata import version

import asyncpg
from redis.asyncio import Redis

from deskbell.deployment import Deployment, find
from deskbell.embedded import Progress
from deskbell.migrate import OLDEST_POSTGRES, pending
from deskbell.settings import Settings
from integrations.local_speech import ModelStore, WeightsMissing
from integrations.local_speech.catalogue import MODELS
from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store


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
    redis = Redis.from_url(deployment.redis_url)
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


async def _speech(deployment: Deployment) -> Finding:
    store = ModelStore(deployment.home.models, deployment.settings.speech_model_dir)
    names = ", ".join(model.name for model in MODELS)
    try:
        for model in MODELS:
            await asyncio.to_thread(store.folder_of, model)
    except WeightsMissing as fault:
        return Finding("Speech", names, False, f"{fault} Calls need it; chat does not.")
    return Finding("Speech", names, True)


LOOKS: tuple[tuple[str, Look, str], ...] = (
    ("PostgreSQL", _postgres, "Is the server running, and DATABASE_URL right?"),
    ("Migrations", _migrations, "Run `deskbell migrate`."),
    ("Valkey", _valkey, "Is the server running, and REDIS_URL right?"),
    ("Recordings", _recordings, "Check DESKBELL_STORAGE_URL and its credentials."),
    ("Speech", _speech, "Install deskbell[speech]."),
)
