"""What retention asks of policies: every version that was not taken back, on both sides."""

from dataclasses import dataclass

from domain.retention.promises import Promises
from domain.retention.schedule import Life, Version
from domain.scope import TenantKind
from domain.work import UnitOfWork
from tenants.policy.models import PolicyVersion
from tenants.policy.profiles import promised, start
from tenants.policy.repository import PolicyVersions, of_operator


@dataclass(frozen=True)
class StoredPolicies:
    """Answers from the versions of the tenant and the profile of its operator."""

    async def of(self, uow: UnitOfWork) -> Promises:
        """What holds for the tenant of a unit of work."""
        operator = await of_operator(uow)
        versions = await PolicyVersions(uow).page(PolicyVersions(uow).standing())
        kind = uow.scope.tenant.kind
        own = (_first(kind), *(_version(each) for each in reversed(versions)))
        if kind is TenantKind.OPERATOR:
            # What it promises its customers it promises its own staff.
            return Promises([_first(TenantKind.BUSINESS)], own, await self.life(uow))
        return Promises(own, [Version(0, operator.retention)], await self.life(uow))

    async def life(self, uow: UnitOfWork) -> Life:
        """The dates of the account: none, for the life cycle erases an account as a whole."""
        return Life()


def _first(kind: TenantKind) -> Version:
    """What every tenant starts from."""
    return Version(0, start(kind).retention)


def _version(row: PolicyVersion) -> Version:
    return Version(row.number, promised(row.profile).retention, row.applies_from, row.to_existing)
