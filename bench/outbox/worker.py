"""A worker process as `deskbell worker` runs it, with the bench's plugin and no other.

`python -m bench.outbox.worker system|tenant`
"""

import asyncio
import sys

from bench.outbox.chime import Chimes
from deskbell.bootstrap import Wiring
from deskbell.deployment import find
from deskbell.settings import Settings
from deskbell.worker import Connections, Role, build_worker, run
from plugins.delivery import Deliverer
from plugins.pace import Pace
from plugins.registry import Registry


async def work(role: Role) -> None:
    """Work until told to stop."""
    wiring = Wiring.build(find(Settings(_env_file=None)))
    registry = Registry(plugins=(Chimes.noting(),))
    deliverer = Deliverer(registry, wiring.unit_of_work, wiring.mailer, Pace())
    urls = wiring.deployment.databases
    system = role is Role.SYSTEM
    connections = Connections(
        main_url=urls.system if system else urls.runtime,
        keyring_url=urls.keyring_system if system else urls.keyring_runtime,
        redis_url=wiring.deployment.redis_url,
        pool=wiring.deployment.settings.database_pool,
    )
    await run(build_worker(role, connections, deliverer))


if __name__ == "__main__":
    asyncio.run(work(Role(sys.argv[1])))
