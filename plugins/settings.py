"""What a tenant has switched on, and how: checked by the plugin's model on write and on read."""

from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, SecretStr, ValidationError

from domain.errors import FieldProblem, InvalidInput
from domain.privacy.policy import PrivacyProfile, Profile
from domain.sealed import Sealed
from domain.work import UnitOfWork
from plugins.errors import HealthModeNeeded, JustInstalled, PluginsEntangled, PluginsUncovered
from plugins.events import PluginConfigured, PluginDisabled, PluginEnabled
from plugins.floors import refuse_short
from plugins.manifest import Manifest
from plugins.parts import Handler, turn_of
from plugins.registry import Registry
from tenants.agreements.service import is_agreed_with
from tenants.models import PluginInstallation
from tenants.policy.conditions import Condition
from tenants.records.routes import refuse_outside
from tenants.repository import PluginInstallations

READ = "plugins:read"
WRITE = "plugins:write"


@dataclass(frozen=True)
class Installed:
    """A plugin of the deployment as one tenant sees it; of secrets only whether they are set."""

    manifest: Manifest
    enabled: bool
    settings: dict[str, Any]
    secrets_set: frozenset[str]

    @property
    def json_schema(self) -> dict[str, Any]:
        """What a settings form is built from; secrets are marked `writeOnly`."""
        return self.manifest.settings.model_json_schema()


async def installed(uow: UnitOfWork, registry: Registry) -> list[Installed]:
    """Every plugin of the deployment, by name."""
    uow.require(READ)
    installations = PluginInstallations(uow)
    rows = {row.plugin: row for row in await installations.page(installations.all())}
    return [
        _seen(manifest, rows.get(name)) for name, manifest in sorted(registry.manifests.items())
    ]


async def configure(
    uow: UnitOfWork, registry: Registry, plugin: str, values: dict[str, Any]
) -> Installed:
    """Replace the settings; a secret that is left out stays as it was.

    Raises `UnknownPlugin`, `InvalidInput` and `JustInstalled`.
    """
    uow.require(WRITE)
    manifest = registry.manifest(plugin)
    row = await _locked(uow, manifest)
    secret = secret_fields(manifest.settings)
    kept = {name: value for name, value in stored(manifest, row).items() if name in secret}
    checked = _check(manifest, {**kept, **values})
    plain, secrets = _split(checked)
    changed = _changed(row, plain, secrets)
    await PluginInstallations(uow).save(
        row,
        settings=plain,
        secrets=Sealed.json(secrets) if secrets else None,
        settings_version=manifest.settings_version,
        updated_at=uow.now,
    )
    if changed:
        uow.record(
            PluginConfigured(plugin_installation_id=row.id, plugin=manifest.name, changed=changed)
        )
    return _seen(manifest, row)


async def enable(uow: UnitOfWork, registry: Registry, plugin: str) -> Installed:
    """Switch a plugin on; its settings must be complete.

    Raises as `configure`; `PluginsEntangled` if others have to be on or off first;
    `PluginsUncovered` where health data is protected, `HealthModeNeeded` where it is not and has
    to be, and `RouteOutside` if it sends data out of the tenant's region.
    """
    uow.require(WRITE)
    manifest = registry.manifest(plugin)
    if manifest.needs_hipaa and not uow.scope.tenant.privacy.hipaa:
        raise HealthModeNeeded([manifest.name])
    if uow.scope.tenant.privacy.hipaa and not await is_covered(uow, manifest):
        raise PluginsUncovered([manifest.name])
    await refuse_outside(uow, manifest.recipients)
    refuse_short(uow, registry, plugin)
    await _refuse_entangled(uow, registry, manifest)
    row = await _locked(uow, manifest)
    plain, secrets = _split(_check(manifest, stored(manifest, row)))
    was_on, version = row.enabled, manifest.settings_version
    sealed = Sealed.json(secrets) if secrets else None
    await PluginInstallations(uow).save(
        row,
        enabled=True,
        settings=plain,
        secrets=sealed,
        settings_version=version,
        updated_at=uow.now,
    )
    if not was_on:
        data = tuple(sorted(manifest.data))
        uow.record(PluginEnabled(plugin_installation_id=row.id, plugin=manifest.name, data=data))
        for job in registry.crons(plugin):
            come_again(uow, job)
    return _seen(manifest, row)


async def disable(uow: UnitOfWork, registry: Registry, plugin: str) -> Installed:
    """Switch a plugin off; its settings are kept.

    Raises `UnknownPlugin`, and `PluginsEntangled` while others need it.
    """
    uow.require(WRITE)
    manifest = registry.manifest(plugin)
    needing = [each for each in await _on(uow) if plugin in registry.needs(each) and each != plugin]
    if needing:
        raise PluginsEntangled("Switch off first what needs it", needing)
    row = await _locked(uow, manifest)
    was_on = row.enabled
    await PluginInstallations(uow).save(row, enabled=False, updated_at=uow.now)
    if was_on:
        uow.record(PluginDisabled(plugin_installation_id=row.id, plugin=manifest.name))
        for job in registry.crons(plugin):
            uow.cancel(turn_of(job.job))
    return _seen(manifest, row)


def come_again(uow: UnitOfWork, job: Handler) -> None:
    """Set the timer of a job's next turn."""
    assert job.every is not None
    uow.schedule(job.job, at=uow.now + job.every, key=turn_of(job.job))


async def is_covered(uow: UnitOfWork, manifest: Manifest) -> bool:
    """Whether a plugin may be on where health data is protected."""
    return manifest.asks_agreements or await is_agreed_with(uow, manifest.name)


def all_covered(registry: Registry) -> Condition:
    """The condition that no plugin is on which HIPAA mode would forbid, or which needs it."""

    async def check(uow: UnitOfWork, before: Profile, after: Profile) -> None:
        """Raise `PluginsUncovered` or `HealthModeNeeded`, naming them."""
        known = registry.manifests
        on = [known[name] for name in await _on(uow) if name in known]
        if not (isinstance(after, PrivacyProfile) and after.hipaa):
            if needing := [each.name for each in on if each.needs_hipaa]:
                raise HealthModeNeeded(needing)
            return
        uncovered = [each.name for each in on if not await is_covered(uow, each)]
        if uncovered:
            raise PluginsUncovered(uncovered)

    return check


def stored(manifest: Manifest, row: PluginInstallation) -> dict[str, Any]:
    """Settings and secrets of an opened row, as the plugin's model of today reads them."""
    return manifest.current({**row.settings, **_secrets(row)}, row.settings_version)


async def _refuse_entangled(uow: UnitOfWork, registry: Registry, manifest: Manifest) -> None:
    on = set(await _on(uow)) - {manifest.name}
    missing = sorted(manifest.requires - on)
    if missing:
        raise PluginsEntangled("Switch on first what it needs", missing)
    known = registry.manifests
    against = {each for each in on if each in known and manifest.name in known[each].conflicts}
    clashing = sorted((manifest.conflicts & on) | against)
    if clashing:
        raise PluginsEntangled("Switch off first what it does not go with", clashing)


async def _on(uow: UnitOfWork) -> list[str]:
    return sorted(row.plugin for row in await PluginInstallations(uow).enabled())


def _changed(
    row: PluginInstallation, plain: dict[str, Any], secrets: dict[str, str]
) -> tuple[str, ...]:
    """The names of the settings that are about to change."""
    before, after = {**row.settings, **_secrets(row)}, {**plain, **secrets}
    names = before.keys() | after.keys()
    return tuple(sorted(name for name in names if before.get(name) != after.get(name)))


async def _locked(uow: UnitOfWork, manifest: Manifest) -> PluginInstallation:
    """The tenant's installation, held until the transaction ends; made if there is none."""
    installations = PluginInstallations(uow)
    row = await installations.of(manifest.name)
    if row is not None:
        return await installations.lock(row.id)
    async with installations.refusing(plugin_installation_key=JustInstalled()):
        return await installations.add(plugin=manifest.name, settings={}, updated_at=uow.now)


def _check(manifest: Manifest, values: dict[str, Any]) -> BaseModel:
    try:
        return manifest.settings.model_validate(values)
    except ValidationError as refused:
        problems = [
            FieldProblem(".".join(map(str, problem["loc"])), problem["msg"])
            for problem in refused.errors(include_input=False, include_url=False)
        ]
        raise InvalidInput(f"The settings of {manifest.title} are not valid", *problems) from None


def _split(settings: BaseModel) -> tuple[dict[str, Any], dict[str, str]]:
    """Settings as JSON, without the secrets; and the secrets."""
    names = secret_fields(type(settings))
    given = {name: secret for name in names if (secret := getattr(settings, name))}
    plain = settings.model_dump(mode="json", exclude=names)
    return plain, {name: secret.get_secret_value() for name, secret in given.items()}


def secret_fields(model: type[BaseModel]) -> set[str]:
    """The settings of a plugin that are kept sealed."""
    return {
        name
        for name, field in model.model_fields.items()
        if SecretStr in (field.annotation, *get_args(field.annotation))
    }


def _secrets(row: PluginInstallation) -> dict[str, str]:
    return row.secrets.load() if row.secrets else {}


def _seen(manifest: Manifest, row: PluginInstallation | None) -> Installed:
    if row is None:
        return Installed(manifest, enabled=False, settings={}, secrets_set=frozenset())
    return Installed(
        manifest,
        enabled=row.enabled,
        settings=row.settings,
        secrets_set=frozenset(_secrets(row)),
    )
