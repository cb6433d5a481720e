"""The wiring: makes every part once and hands it to those who need it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email.utils import parseaddr
from functools import cached_property
from typing import Self

from redis.asyncio import Redis
from tortoise import Tortoise
from tortoise.context import TortoiseContext

from api.live import Herald
from api.reception import Reception
from deskbell import reactions
from deskbell.connecting import redis_tls
from deskbell.connections import connection_desk
from deskbell.database import orm
from deskbell.deployment import Deployment
from deskbell.queue import Nudger
from deskbell.reactions import Forgetting, Outside, Post
from domain.audit.sealer import Sealer
from domain.audit.verifier import Verifier
from domain.clock import Clock, SystemClock
from domain.disposal.sweeper import Sweeper
from domain.erasure.certificates import Signer
from domain.erasure.replay import Replay
from domain.hunches import use_encoder
from domain.ids import RandomIds
from domain.keyring.store import DatabaseKeyStore
from domain.messages.ports import Mailer
from domain.payments import PaymentLinks
from domain.receptionist.nlu.meaning import use_embedder
from domain.work import UnitsOfWork, no_nudge
from integrations.caldav.events import invitation_of
from integrations.dns import NameServers
from integrations.http_out import Outbound, Reach, usual_trust
from integrations.minilm import installed_encoder
from integrations.redis_pubsub import Publisher, Subscriber
from integrations.sentences import SentenceEncoder
from integrations.smtp import MailboxMailer, SmtpMailer, SmtpSettings
from integrations.storage.settings import StorageSettings
from integrations.storage.store import Objects, open_store
from integrations.stripe import StripeLinks, StripeSettings
from integrations.web_push import PushClient, Vapid
from plugins.abilities import Tools
from plugins.admission import Equipment
from plugins.aside import Aside
from plugins.connections.accounts import Accounts
from plugins.connections.desk import ConnectionDesk
from plugins.connections.keeper import ConnectionKeeper
from plugins.delivery import Deliverer
from plugins.freshening import Freshening
from plugins.guard import Breakers
from plugins.pace import Pace
from plugins.providers import Providers
from plugins.registry import Registry
from plugins.screen_pop import ScreenPop
from tenants.insights.rounds import InsightRounds
from tenants.notifications.links import BlockLinks
from tenants.policy.promises import StoredPolicies
from tenants.reminders.letters import Writer
from tenants.reminders.links import VisitLinks
from tenants.retention.rounds import RetentionRounds
from tenants.sandbox.copies import forget as forget_letters
from tenants.service import job_scope
from tenants.watch.rounds import Rounds

# Connections for plugins during calls.
ASIDE = 3


@dataclass(frozen=True)
class Wiring:
    """The parts of one process."""

    deployment: Deployment
    clock: Clock
    unit_of_work: UnitsOfWork
    store: Objects
    redis: Redis = field(repr=False)
    nudger: Nudger = field(repr=False)

    @classmethod
    def build(cls, deployment: Deployment, *, clock: Clock | None = None) -> Self:
        """Make the parts; nothing is connected yet."""
        clock = clock or SystemClock()
        use_encoder(SentenceEncoder())
        use_embedder(installed_encoder())
        nudger = Nudger(deployment.redis_url, deployment.settings.tls_floor)
        work = UnitsOfWork(deployment.master_key(), DatabaseKeyStore(), clock, RandomIds(), nudger)
        url = deployment.settings.storage_url or deployment.home.recordings_url
        store = open_store(StorageSettings(url=url))
        options = redis_tls(deployment.redis_url, deployment.settings.tls_floor)
        redis = Redis.from_url(deployment.redis_url, **options)
        return cls(deployment, clock, work, store, redis, nudger)

    @property
    def mailer(self) -> Mailer:
        """A mail server, or the mailbox folder."""
        settings = self.deployment.settings
        if settings.smtp_url is None:
            return MailboxMailer(self.deployment.home.mailbox, settings.mail_from, self.clock)
        url = settings.smtp_url.get_secret_value()
        smtp = SmtpSettings.from_url(url, settings.tls_floor)
        return SmtpMailer(smtp, settings.mail_from, self.clock)

    @cached_property
    def registry(self) -> Registry:
        """Every handler, job and plugin."""
        settings = self.deployment.settings
        writer = Writer(self.visit_links, invitation_of, parseaddr(settings.mail_from)[1])
        push = PushClient(self.vapid)
        post = Post(settings.public_url, settings.security_mail, writer, self.block_links, push)
        outside = Outside(self.resolver, ConnectionKeeper(self.connections.renewing))
        return reactions.registry(
            self.unit_of_work, self.store, post, self.herald, outside, self.forgetting
        )

    @property
    def visit_links(self) -> VisitLinks:
        """Makes and reads the links of letters about visits."""
        secret = self.deployment.secret("visit links")
        return VisitLinks(self.deployment.settings.public_url, secret)

    @property
    def block_links(self) -> BlockLinks:
        """Makes and reads the links by which callers are blocked."""
        secret = self.deployment.secret("block links")
        return BlockLinks(self.deployment.settings.public_url, secret)

    @cached_property
    def vapid(self) -> Vapid:
        """Who this deployment is to push services."""
        settings = self.deployment.settings
        contact = settings.push_contact or f"mailto:{parseaddr(settings.mail_from)[1]}"
        if settings.push_key_file is None:
            return Vapid.derived(self.deployment.secret("push"), contact)
        return Vapid.read(settings.push_key_file.read_bytes(), contact)

    @property
    def signer(self) -> Signer:
        """Whoever signs certificates."""
        return Signer(self.deployment.secret("certificate"))

    @property
    def forgetting(self) -> Forgetting:
        """What erasures need."""
        mailer = self.mailer
        letters = mailer if isinstance(mailer, MailboxMailer) else None
        return Forgetting(self.signer, letters)

    @cached_property
    def connections(self) -> ConnectionDesk:
        """Whoever connects accounts elsewhere, and keeps them fresh."""
        return connection_desk(self.deployment.settings, self.unit_of_work)

    @cached_property
    def resolver(self) -> NameServers:
        """Whoever asks the domain name system."""
        return NameServers.parse(self.deployment.settings.name_servers)

    @property
    def deliverer(self) -> Deliverer:
        """What worker processes do."""
        return Deliverer(self.registry, self.unit_of_work, self.mailer, Pace())

    @cached_property
    def equipment(self) -> Equipment:
        """What plugins work with."""
        settings = self.deployment.settings
        reach = Reach.parse(settings.webhook_networks, settings.webhook_ports)
        out = Outbound(reach, trust=usual_trust(settings.tls_floor))
        return Equipment(self.unit_of_work, out, Accounts(self.connections.renewing))

    @cached_property
    def breakers(self) -> Breakers:
        """Which plugins rest, in this process."""
        return Breakers(self.clock)

    @property
    def providers(self) -> Providers:
        """Whoever stands in for a port at a tenant."""
        return Providers(self.registry, self.equipment, self.breakers)

    @cached_property
    def freshening(self) -> Freshening:
        """Whoever looks again at calendars elsewhere while a caller waits."""
        return Freshening(self.unit_of_work, self.providers)

    @property
    def tools(self) -> Tools:
        """What plugins let the receptionist do."""
        # What wakes the relay belongs to the loop of the process; it looks by itself, too.
        apart = replace(self.equipment, unit_of_work=replace(self.unit_of_work, nudge=no_nudge))
        return Tools(self.registry, apart, self.breakers, self.aside)

    @cached_property
    def aside(self) -> Aside:
        """Where the tools of plugins run."""
        return Aside(self._connected_aside)

    @asynccontextmanager
    async def _connected_aside(self) -> AsyncIterator[None]:
        """A few connections of a thread's own, in the role of the process."""
        urls, floor = self.deployment.databases, self.deployment.settings.tls_floor
        async with TortoiseContext() as context:
            config = orm(urls.runtime, urls.keyring_runtime, pool=ASIDE, floor=floor)
            await context.init(config=config)
            yield

    @property
    def sealer(self) -> Sealer:
        """Whoever chains the audit trail."""
        work = self.unit_of_work
        return Sealer(self.store, self.clock, work.ids, self.deployment.secret("audit"))

    @property
    def verifier(self) -> Verifier:
        """Whoever checks that nobody has touched it."""
        return Verifier(self.store, self.deployment.secret("audit"))

    @property
    def rounds(self) -> Rounds:
        """Whoever sees that something is to be looked at."""
        return Rounds(self.verifier, self.clock, self.unit_of_work.ids)

    @property
    def replay(self) -> Replay:
        """Whoever erases again what a restored backup brought back."""
        sweeper = Sweeper(self.store, self.forgetting.letters)
        return Replay(self.unit_of_work, sweeper, job_scope, (forget_letters,))

    @property
    def retention(self) -> RetentionRounds:
        """Whoever begins to delete what is due."""
        return RetentionRounds(self.unit_of_work, StoredPolicies(), self.sealer)

    @property
    def insights(self) -> InsightRounds:
        """Whoever counts what many businesses did together."""
        return InsightRounds(self.unit_of_work)

    @property
    def live(self) -> Subscriber:
        """Live updates for whoever watches."""
        return Subscriber(self.redis)

    @property
    def herald(self) -> Herald:
        """Whoever tells those who watch."""
        return Herald(Publisher(self.redis))

    @property
    def reception(self) -> Reception:
        """Where conversations begin."""
        return Reception(
            self.unit_of_work,
            self.herald,
            self.payment_links,
            self.tools,
            self.freshening,
            ScreenPop(self.unit_of_work, self.providers),
        )

    @property
    def payment_links(self) -> PaymentLinks | None:
        """Whoever makes links to pay at; nobody, where none is set up."""
        settings = self.deployment.settings
        if settings.stripe_tills_file is None:
            return None
        tills = StripeSettings.read(settings.stripe_secret_key, settings.stripe_tills_file)
        return StripeLinks(tills)

    async def queue_answers(self) -> None:
        """Raise unless Valkey or Redis can be reached."""
        await self.redis.ping()

    async def connect(self) -> None:
        """Open the databases as the API and the media server do."""
        urls = self.deployment.databases
        pool = self.deployment.settings.database_pool
        floor = self.deployment.settings.tls_floor
        config = orm(urls.runtime, urls.keyring_runtime, pool=pool, floor=floor)
        # Requests run in tasks that do not inherit what the start-up opened.
        await Tortoise.init(config=config, _enable_global_fallback=True)

    @asynccontextmanager
    async def connected_as_system(self) -> AsyncIterator[None]:
        """Work as an operator: on the role that sees every tenant, for as long as this lasts."""
        urls = self.deployment.databases
        try:
            async with TortoiseContext() as context:
                floor = self.deployment.settings.tls_floor
                config = orm(urls.system, urls.keyring_system, pool=2, floor=floor)
                await context.init(config=config)
                yield
        finally:
            await self._close_queue()

    async def close(self) -> None:
        """Give every connection back."""
        await Tortoise.close_connections()
        await self._close_queue()

    async def _close_queue(self) -> None:
        await self.nudger.close()
        await self.redis.aclose()
