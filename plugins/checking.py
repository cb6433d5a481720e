"""What is wrong with a plugin, found without running it: `deskbell plugins check`."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import isclass
from typing import Any

from domain.errors import InvalidInput
from domain.personal import DataClass, labels
from domain.tenancy import TenantModel
from plugins.manifest import Manifest
from plugins.registry import Registry
from tenants.organizations.setup import Setup

NAME = "abcdefghijklmnopqrstuvwxyz0123456789_"
# What is said of nobody.
IMPERSONAL = {DataClass.NONE, DataClass.BUSINESS, DataClass.CREDENTIAL, DataClass.AUDIT}


@dataclass(frozen=True)
class Finding:
    """Something to be put right."""

    plugin: str
    problem: str


def findings(registry: Registry) -> list[Finding]:
    """What is wrong, plugin by plugin; nothing, if all is well."""
    return [
        Finding(name, problem)
        for name, manifest in sorted(registry.manifests.items())
        for problem in _problems(registry, manifest)
    ]


def _problems(registry: Registry, manifest: Manifest) -> Iterator[str]:
    if not manifest.name or set(manifest.name) - set(NAME):
        yield "its name has other characters than a to z, 0 to 9 and _"
    for other in sorted((manifest.requires | manifest.conflicts) - set(registry.manifests)):
        yield f"it needs or conflicts with {other}, which is not installed"
    yield from _about_people(registry, manifest)
    yield from _about_trade(registry, manifest)


def _about_people(registry: Registry, manifest: Manifest) -> Iterator[str]:
    stored = _stored(manifest)
    undeclared = sorted(stored - manifest.data)
    if undeclared:
        yield f"its tables hold {', '.join(undeclared)}, which its manifest does not name"
    keeps = manifest.stores_personal_data or bool(stored)
    sends = bool(manifest.recipients) and bool(manifest.data - IMPERSONAL)
    if (keeps or sends) and manifest.name not in registry.personal:
        yield "it keeps or sends personal data, and nobody answers for it (register_personal_data)"


def _about_trade(registry: Registry, manifest: Manifest) -> Iterator[str]:
    vertical = registry.verticals.get(manifest.name)
    if vertical is None:
        return
    try:
        read = vertical.starter
        settings = manifest.settings.model_validate(_settings_in(read, manifest.name))
        vertical.check(manifest.name, manifest.permissions, settings)
    except (InvalidInput, OSError, TypeError, ValueError) as wrong:
        yield f"its trade cannot be used: {wrong}"


def _settings_in(starter: Setup, plugin: str) -> dict[str, Any]:
    """What the starter sets: it switches the plugin on."""
    if plugin not in starter.plugins:
        raise TypeError("its starter does not switch it on")
    return starter.plugins[plugin].settings


def _stored(manifest: Manifest) -> set[DataClass]:
    """The kinds of personal data in its own tables."""
    if not manifest.models:
        return set()
    tables = [
        each
        for each in vars(import_module(manifest.models)).values()
        if isclass(each) and issubclass(each, TenantModel) and each is not TenantModel
    ]
    found = {label for table in tables for label in labels(table).values() if label is not None}
    return found - IMPERSONAL
