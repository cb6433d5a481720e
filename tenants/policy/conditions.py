"""What must be so before a policy may be adopted."""

from collections.abc import Awaitable, Callable

from domain.privacy.policy import PrivacyProfile, Profile
from domain.work import UnitOfWork
from tenants.agreements.errors import AgreementMissing, DispositionMissing
from tenants.agreements.models import PLATFORM
from tenants.agreements.repository import Agreements, Dispositions, remaining
from tenants.policy.repository import PolicyVersions

Condition = Callable[[UnitOfWork, Profile, Profile], Awaitable[None]]
"""Given what is promised and what is to be; raises a `DomainError` where that may not be."""


async def health_is_agreed(uow: UnitOfWork, before: Profile, after: Profile) -> None:
    """Health data is kept under an agreement. Raises `AgreementMissing`."""
    if _hipaa(after) and await Agreements(uow).in_force(PLATFORM) is None:
        raise AgreementMissing


async def health_is_disposed_of(uow: UnitOfWork, before: Profile, after: Profile) -> None:
    """Health data loses its protection only if it is said why. Raises `DispositionMissing`."""
    if not _hipaa(before) or _hipaa(after):
        return
    version = await PolicyVersions(uow).in_force()
    began = version.applies_from if version else uow.now
    if await Dispositions(uow).newest(began) is not None:
        return
    if rows := await remaining(uow):
        raise DispositionMissing(rows)


ALWAYS: tuple[Condition, ...] = (health_is_agreed, health_is_disposed_of)


def _hipaa(profile: Profile) -> bool:
    return isinstance(profile, PrivacyProfile) and profile.hipaa
