"""`deskbell worker`: what happens after a commit."""

import asyncio
import subprocess
import sys
from typing import Annotated

import typer

from deskbell import logging, sentry
from deskbell.bootstrap import Wiring
from deskbell.cli import restore
from deskbell.deployment import find
from deskbell.settings import Settings
from deskbell.watchdog import BLOCKED, Watchdog
from deskbell.webhooks import deliverer
from deskbell.worker import Chores, Connections, Role, build_worker, run


def worker(
    role: Annotated[Role | None, typer.Option(help="Only this kind; both if absent")] = None,
) -> None:
    """Deliver events and run timers: a system process (relay) and a tenant process (handlers)."""
    if role is None:
        raise typer.Exit(_both())
    settings = Settings()
    logging.configure(production=settings.production)
    sentry.report_faults(settings, role.value)
    if role is Role.SYSTEM:
        restore.reapply(Wiring.build(find(settings)))
    wiring = Wiring.build(find(settings))
    urls = wiring.deployment.databases
    system = role is Role.SYSTEM
    connections = Connections(
        main_url=urls.system if system else urls.runtime,
        keyring_url=urls.keyring_system if system else urls.keyring_runtime,
        redis_url=wiring.deployment.redis_url,
        pool=settings.database_pool,
        floor=settings.tls_floor,
    )

    async def work() -> None:
        # An arq worker takes the running loop when it is built.
        made = deliverer(wiring)
        chores = Chores(wiring.sealer, wiring.rounds, wiring.retention, wiring.insights)
        dog = Watchdog(wiring.clock, at_work=made.at_work)
        async with dog.watching():
            await run(build_worker(role, connections, made, None, chores))

    asyncio.run(work())


def _both() -> int:
    """Each kind in a process of its own, so that neither holds the other's database role."""
    command = [sys.executable, "-m", "deskbell.cli", "worker", "--role"]
    children = {role: subprocess.Popen([*command, role]) for role in Role}  # noqa: S603
    try:
        # One that ends takes the other with it: a supervisor then starts both again.
        while all(child.poll() is None for child in children.values()):
            for role, child in children.items():
                try:
                    ended = child.wait(1)
                except subprocess.TimeoutExpired:
                    continue
                if ended == BLOCKED:
                    # A plugin held it up; its deliveries go to a new one.
                    children[role] = subprocess.Popen([*command, role])  # noqa: S603
    except KeyboardInterrupt:
        pass
    finally:
        for child in children.values():
            child.terminate()
    return max(child.wait() for child in children.values())
