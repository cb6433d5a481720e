"""What a plugin can do at one tenant: everything it is given, and nothing else."""

import logging
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import BaseModel

from domain.clock import Clock
from domain.scope import Scope, TenantFacts
from domain.work import UnitOfWork, UnitsOfWork
from integrations.http_out import Outbound
from plugins.connections.accounts import Accounts


@dataclass(frozen=True)
class Capability:
    """One plugin at one tenant; settings are the plugin's model, secrets opened."""

    plugin: str
    settings: BaseModel
    http: Outbound
    """Requests out: bounded, and never into our own network."""
    log: logging.LoggerAdapter[logging.Logger]
    _scope: Scope = field(repr=False)
    _unit_of_work: UnitsOfWork = field(repr=False)
    accounts: Accounts = field(repr=False)
    """Accounts elsewhere that the business has connected."""

    @property
    def tenant(self) -> TenantFacts:
        """The business it works for."""
        return self._scope.tenant

    @property
    def tenant_id(self) -> UUID:
        """Its id."""
        return self._scope.tenant_id

    @property
    def clock(self) -> Clock:
        """What time it is outside."""
        return self._unit_of_work.clock

    def unit_of_work(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Read or write, with the permissions of the manifest and no others."""
        return self._unit_of_work(self._scope)


@dataclass(frozen=True)
class ProviderContext(Capability):
    """What a provider is made with; it is made anew for each call, request or job."""


@dataclass(frozen=True)
class CheckContext(Capability):
    """What a plugin tries itself out with, when an owner asks whether it works."""


def logger_of(plugin: str, scope: Scope) -> logging.LoggerAdapter[logging.Logger]:
    """A logger that carries the tenant."""
    about = {"tenant_id": str(scope.tenant_id)}
    return logging.LoggerAdapter(logging.getLogger(f"plugins.{plugin}"), about)
