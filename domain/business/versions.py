"""The profile as a whole, and the immutable versions a call is pinned to."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from domain.business.errors import PinnedMeanwhile
from domain.business.models import ReceptionistVersion, Service
from domain.business.profile import (
    ClosureInfo,
    IntakeInfo,
    KnowledgeInfo,
    LocationInfo,
    Profile,
    Question,
    ResourceInfo,
    Rules,
    ServiceInfo,
    TransferTargetInfo,
)
from domain.business.repository import (
    Closures,
    Intakes,
    Locations,
    ReceptionistVersions,
    Resources,
    Rulebook,
    ServiceResources,
    Services,
)
from domain.hours import hours_of
from domain.knowledge.models import KnowledgeStatus
from domain.knowledge.repository import KnowledgeItems
from domain.transfers.repository import TransferTargets
from domain.work import UnitOfWork


async def profile(uow: UnitOfWork) -> Profile:
    """The business as it stands."""
    uow.require("business:read")
    tenant = uow.scope.tenant
    return Profile(
        name=tenant.name,
        region=tenant.region,
        currency=tenant.currency,
        locale=tenant.locale,
        locations=await _locations(uow),
        services=await _services(uow),
        resources=await _resources(uow),
        closures=await _closures(uow),
        transfer_targets=await _targets(uow),
        knowledge=await _knowledge(uow),
        intakes=await _intakes(uow),
        rules=await current_rules(uow),
    )


async def current_rules(uow: UnitOfWork) -> Rules:
    """The rules as they stand; the defaults until somebody sets any."""
    row = await Rulebook(uow).maybe(Rulebook(uow).all())
    return Rules.model_validate(row.rules) if row else Rules()


async def pin(uow: UnitOfWork) -> tuple[ReceptionistVersion, Profile]:
    """The version that stands now; a new one is made if anything has changed since the last."""
    now = await profile(uow)
    written = now.model_dump(mode="json")
    versions = ReceptionistVersions(uow)
    newest = await versions.newest()
    if newest is not None and newest.profile == written:
        return newest, now
    try:
        async with versions.refusing(receptionist_version_key=PinnedMeanwhile()):
            version = await versions.add(
                number=newest.number + 1 if newest else 1,
                profile=written,
                created_at=uow.now,
                created_by=str(uow.scope.actor),
            )
    except PinnedMeanwhile:
        return await pin(uow)
    return version, now


async def version(uow: UnitOfWork, id: UUID) -> Profile:
    """The profile as it was in one version."""
    uow.require("business:read")
    return Profile.model_validate((await ReceptionistVersions(uow).get(id)).profile)


async def _locations(uow: UnitOfWork) -> tuple[LocationInfo, ...]:
    rows = await Locations(uow).page(Locations(uow).all().order_by("created_at", "id"))
    return tuple(
        LocationInfo(
            id=row.id,
            name=row.name,
            address=row.address,
            timezone=row.timezone,
            hours=hours_of(row.hours),
            service_areas=tuple(row.service_areas),
            is_default=row.is_default,
        )
        for row in rows
    )


async def _services(uow: UnitOfWork) -> tuple[ServiceInfo, ...]:
    provided: dict[UUID, list[UUID]] = defaultdict(list)
    for row in await ServiceResources(uow).all().order_by("id"):
        provided[row.service_id].append(row.resource_id)
    rows = await Services(uow).page(Services(uow).all().order_by("created_at", "id"))
    return tuple(_service(row, provided[row.id]) for row in rows)


def _service(row: Service, resources: list[UUID]) -> ServiceInfo:
    return ServiceInfo(
        id=row.id,
        name=row.name,
        description=row.description,
        duration_minutes=row.duration_minutes,
        buffer_before_minutes=row.buffer_before_minutes,
        buffer_after_minutes=row.buffer_after_minutes,
        price_minor=row.price_minor,
        for_new_callers=row.for_new_callers,
        for_returning_callers=row.for_returning_callers,
        bookable=row.bookable,
        aliases=tuple(row.aliases),
        resource_ids=tuple(resources),
    )


async def _resources(uow: UnitOfWork) -> tuple[ResourceInfo, ...]:
    rows = Resources(uow).all().filter(active=True).order_by("created_at", "id")
    return tuple(
        ResourceInfo(
            id=row.id,
            kind=row.kind,
            name=row.name,
            location_id=row.location_id,
            capacity=row.capacity,
            hours=None if row.hours is None else hours_of(row.hours),
        )
        for row in await Resources(uow).page(rows)
    )


async def _closures(uow: UnitOfWork) -> tuple[ClosureInfo, ...]:
    # West of Greenwich a day lasts beyond its end in UTC.
    yesterday = uow.now.date() - timedelta(days=1)
    rows = Closures(uow).still_in_force(yesterday).order_by("starts_on", "id")
    return tuple(
        ClosureInfo(
            location_id=row.location_id,
            resource_id=row.resource_id,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            hours=hours_of(row.hours),
            reason=row.reason,
            repeat=row.repeat,
            repeats_until=row.repeats_until,
        )
        for row in await Closures(uow).page(rows)
    )


async def _targets(uow: UnitOfWork) -> tuple[TransferTargetInfo, ...]:
    rows = TransferTargets(uow).all().order_by("position", "id")
    return tuple(
        TransferTargetInfo(
            id=row.id,
            label=row.label,
            number=row.number,
            location_id=row.location_id,
            aliases=tuple(row.aliases),
            hours=None if row.hours is None else hours_of(row.hours),
        )
        for row in await TransferTargets(uow).page(rows)
    )


async def _knowledge(uow: UnitOfWork) -> tuple[KnowledgeInfo, ...]:
    rows = KnowledgeItems(uow).all().filter(status=KnowledgeStatus.PUBLISHED)
    return tuple(
        KnowledgeInfo(id=row.id, version=row.version, question=row.question, answer=row.answer)
        for row in await KnowledgeItems(uow).page(rows.order_by("created_at", "id"))
    )


async def _intakes(uow: UnitOfWork) -> tuple[IntakeInfo, ...]:
    rows = Intakes(uow).all().filter(active=True).order_by("id")
    return tuple(
        IntakeInfo(
            id=row.id,
            name=row.name,
            questions=tuple(Question.model_validate(question) for question in row.questions),
        )
        for row in await Intakes(uow).page(rows)
    )
