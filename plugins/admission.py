"""Whether a plugin may work for a tenant now, and with what: asked wherever one is called."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pydantic import BaseModel

from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from domain.scope import Access, Actor, ActorKind, Scope
from domain.work import UnitOfWork, UnitsOfWork
from integrations.http_out import Outbound
from plugins.attempts import OUTSIDE_REGION, SWITCHED_OFF
from plugins.capability import Capability, logger_of
from plugins.connections.accounts import Accounts
from plugins.manifest import Manifest, Settings
from plugins.registry import Registry
from plugins.settings import is_covered, stored
from tenants.records.routes import judged
from tenants.repository import PluginInstallations

C = TypeVar("C", bound=Capability)

# What belongs to the business and those who work there: permissions alone decide over it.
NOT_OF_CALLERS = frozenset(
    {
        DataClass.ACCOUNT,
        DataClass.AUDIT,
        DataClass.BILLING,
        DataClass.BUSINESS,
        DataClass.CREDENTIAL,
        DataClass.NONE,
        DataClass.USAGE,
    }
)


@dataclass(frozen=True)
class Admission:
    """What comes of asking: the settings as they are stored, or why it may not work."""

    manifest: Manifest
    values: Settings
    shut: str = ""
    """Empty, or the name under which attempts are closed."""

    @property
    def settings(self) -> BaseModel:
        """The settings, as the plugin's model. Raises `ValidationError`."""
        return self.manifest.settings.model_validate(self.values)


async def admission(uow: UnitOfWork, registry: Registry, plugin: str) -> Admission:
    """Whether a plugin is on, covered and within the region. Raises `UnknownPlugin`."""
    manifest = registry.manifest(plugin)
    row = await PluginInstallations(uow).of(plugin)
    # However it came to be on: health data reaches nobody who has not agreed.
    hipaa = uow.scope.tenant.privacy.hipaa
    uncovered = not await is_covered(uow, manifest) if hipaa else manifest.needs_hipaa
    if row is None or not row.enabled or uncovered:
        return Admission(manifest, {}, SWITCHED_OFF)
    return Admission(manifest, stored(manifest, row), await _outside(uow, manifest))


async def admitted(uow: UnitOfWork, registry: Registry, plugins: Sequence[str]) -> list[Admission]:
    """Those of several plugins that may work for the tenant now."""
    found = [await admission(uow, registry, plugin) for plugin in plugins]
    return [each for each in found if not each.shut]


async def _outside(uow: UnitOfWork, manifest: Manifest) -> str:
    """Why nothing may go to its recipients: the region was pinned after it was on."""
    if not manifest.recipients:
        return ""
    allowed = all(each.is_allowed for each in await judged(uow, manifest.recipients))
    return "" if allowed else OUTSIDE_REGION


def scope_of(manifest: Manifest, scope: Scope, purpose: Purpose | None = None) -> Scope:
    """The scope in which a plugin works: itself as the actor, its permissions and no others."""
    return replace(
        scope,
        actor=Actor(ActorKind.PLUGIN, manifest.name),
        permissions=manifest.permissions,
        access=Access(purpose=purpose or manifest.purpose),
        # What a plugin has not named stays sealed to it.
        reads=manifest.data | NOT_OF_CALLERS,
        proof=None,
    )


@dataclass(frozen=True)
class Equipment:
    """What plugins are equipped with in one process."""

    unit_of_work: UnitsOfWork
    http: Outbound
    accounts: Accounts = field(default_factory=Accounts)

    def capability(self, kind: type[C], admission: Admission, scope: Scope, **more: object) -> C:
        """What a plugin is given to work with. Raises `ValidationError`."""
        manifest = admission.manifest
        return kind(
            plugin=manifest.name,
            settings=admission.settings,
            http=self.http,
            accounts=self.accounts,
            log=logger_of(manifest.name, scope),
            _scope=scope_of(manifest, scope),
            _unit_of_work=self.unit_of_work,
            **more,
        )
