"""Whatever happens because something happened, or is done later: put together once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.live import Herald
from deskbell.forgetting import EraserOnRequest
from domain import erasure
from domain.archives.writer import Packer
from domain.disposal.sweeper import KeptLetters, Sweeper
from domain.erasure.certificates import Signer
from domain.erasure.worker import Eraser
from domain.events import Event
from domain.exports.writer import ExportWriter
from domain.handlers import HandlerFunction, event_handlers, jobs
from domain.outreach.outbound.ports import Carrier
from domain.outreach.outbound.worker import OutboundWorker
from domain.outreach.wishes import real_gate
from domain.recordings.keeper import Keeper
from domain.retention.worker import RetentionWorker
from domain.rights.erasing import ErasureDesk
from domain.training.writer import TrainingWriter
from domain.work import UnitOfWork, UnitsOfWork
from integrations.dns import NameServers
from integrations.places import RegistryPlaces
from integrations.storage.store import Objects
from integrations.web_push import PushClient
from plugins.connections.keeper import ConnectionKeeper
from plugins.digest.worker import DigestWorker
from plugins.personal import Holders
from plugins.push.worker import PushWorker
from plugins.registry import Registry
from plugins.setting_up import TemplatePlugins
from plugins.webhooks.app_endpoints import AppEndpoints
from plugins.webhooks.events import WebhookRotated
from tenants.apps.keeping import AppKeeper
from tenants.grants.jobs import JOBS as GRANT_JOBS
from tenants.grants.letters import AccessLetters
from tenants.letters import AccountLetterWriter
from tenants.life_cycle.keeper import LifeKeeper
from tenants.life_cycle.letters import LifeLetters
from tenants.members.letters import MemberLetters
from tenants.notifications.links import BlockLinks
from tenants.organizations.worker import BulkWorker
from tenants.policy.jobs import JOBS as POLICY_JOBS
from tenants.policy.promises import StoredPolicies
from tenants.policy.repository import kept_in_backups
from tenants.records.legal.letters import LegalLetters
from tenants.records.notices.letters import NoticeLetterWriter
from tenants.records.reactions import HANDLERS as RECORD_HANDLERS
from tenants.reminders.letters import Writer
from tenants.reminders.worker import ReminderWorker
from tenants.rights.letters import RightsLetters
from tenants.sandbox.copies import forget as forget_letters
from tenants.sso.domains import DomainWatch
from tenants.watch.handlers import Watch
from tenants.watch.letters import WatchLetters

Subscribed = tuple[type[Event], HandlerFunction]


@dataclass(frozen=True)
class Post:
    """How people are reached: where links in letters lead, and who calls and texts, if anybody."""

    public_url: str
    security_mail: str
    """The operator's own address, or none."""
    visits: Writer
    """Whoever writes to people about their visits."""
    blocking: BlockLinks
    """Makes the links by which callers are blocked."""
    push: PushClient
    """Whoever pushes to the devices of members."""
    carrier: Carrier | None = None

    def writers(self) -> list[Any]:
        """Everybody who writes letters."""
        to_people = (
            MemberLetters,
            AccountLetterWriter,
            AccessLetters,
            LifeLetters,
            NoticeLetterWriter,
            RightsLetters,
        )
        watching = WatchLetters(self.public_url, self.security_mail)
        return [*(writer(self.public_url) for writer in to_people), watching]


@dataclass(frozen=True)
class Forgetting:
    """What erasures need: a signature, and the letters that the deployment keeps itself."""

    signer: Signer
    letters: KeptLetters | None = None


@dataclass(frozen=True)
class Outside:
    """Whom workers ask outside: name servers, and the services at which accounts are connected."""

    resolver: NameServers
    connections: ConnectionKeeper


def registry(
    work: UnitsOfWork,
    store: Objects,
    post: Post,
    herald: Herald,
    outside: Outside,
    forgetting: Forgetting,
) -> Registry:
    """Every handler, job and plugin."""
    watch, keeper, files = Watch(RegistryPlaces()), Keeper(store), ExportWriter(store)
    packer = Packer(store)
    apps, endpoints = AppKeeper(work), AppEndpoints(work)
    demands, training = LegalLetters(), TrainingWriter(store)
    lives = LifeKeeper(_erase_tenant)
    # A template switches plugins on, which the registry knows when it is made.
    bulk = BulkWorker(work, TemplatePlugins(lambda: made))
    holders = Holders(lambda: made.personal)
    eraser = Eraser(forgetting.signer, kept_in_backups, holders, (forget_letters,))
    sweeper = Sweeper(store, forgetting.letters)
    # The event is a plugin's, of which tenants know nothing.
    rotated: Subscribed = (WebhookRotated, watch.secret_rotated)
    takes_out = (files, packer, ErasureDesk(EraserOnRequest()))
    told = (watch, demands, lives, eraser, outside.connections, PushWorker(post.push))
    hearing = (keeper, *takes_out, apps, endpoints, herald, *post.writers(), *told)
    keeping = RetentionWorker(StoredPolicies())
    reaching = (
        OutboundWorker(real_gate(), post.carrier),
        ReminderWorker(real_gate(), post.visits),
        DigestWorker(post.blocking),
    )
    at_work = (bulk, DomainWatch(outside.resolver), endpoints, training, sweeper, keeping)
    working = (keeper, *takes_out, *told, *at_work, *reaching)
    handlers = (*event_handlers(), *RECORD_HANDLERS, *_all(hearing, "handlers"), rotated)
    later = (*jobs(), *GRANT_JOBS, *POLICY_JOBS, *_all(working, "jobs"))
    made = Registry(handlers, later, entry_points=True)
    return made


async def _erase_tenant(uow: UnitOfWork) -> UUID:
    """Erase a business whose time of grace is over."""
    return (await erasure.erase_tenant(uow)).id


def _all(parts: Iterable[Any], kind: str) -> list[Any]:
    return [each for part in parts for each in getattr(part, kind)]
