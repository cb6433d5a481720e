"""Versions of a policy as one unit of work sees them."""

from tortoise.connection import get_connection
from tortoise.queryset import QuerySet

from domain.database import MAIN
from domain.privacy.periods import Period
from domain.privacy.policy import OperatorProfile
from domain.privacy.presets import CUSTOMERS, DEFAULT
from domain.repository import Repository
from domain.work import UnitOfWork
from tenants.policy.models import PolicyVersion

OPERATORS = "SELECT profile FROM policy_of_house($1)"


class PolicyVersions(Repository[PolicyVersion]):
    """What the tenant has promised, and promises."""

    model = PolicyVersion
    noun = "policy version"

    def standing(self) -> QuerySet[PolicyVersion]:
        """The versions that were not taken back, the newest first."""
        return self.all().filter(withdrawn_at=None).order_by("-number")

    async def newest(self) -> PolicyVersion | None:
        """The version with the highest number, taken back or not."""
        return await self.maybe(self.all().order_by("-number"))

    async def in_force(self) -> PolicyVersion | None:
        """The version that governs what is collected now; none is the preset of all."""
        return await self.maybe(self.standing().filter(applies_from__lte=self.uow.now))

    async def ahead(self) -> PolicyVersion | None:
        """The version that will govern from some day on; there is one at most."""
        return await self.maybe(self.standing().filter(applies_from__gt=self.uow.now))


async def kept_in_backups(uow: UnitOfWork) -> Period:
    """For how long the operator keeps backups."""
    return (await of_operator(uow)).backups


async def of_operator(uow: UnitOfWork | None = None) -> OperatorProfile:
    """What the operator promises its customers; every tenant may know."""
    # Within the unit of work, if there is one: whoever held two connections could starve others.
    connection = uow.connection if uow else get_connection(MAIN)
    rows = await connection.execute_query_dict(OPERATORS, ["operator"])
    if not rows or not rows[0]["profile"]:
        return CUSTOMERS[DEFAULT]
    return OperatorProfile.model_validate_json(rows[0]["profile"])
