"""Making a business as a setup says. What is so already is left alone: done twice, done once."""

from typing import Any, Protocol

from domain import business, knowledge, reminders
from domain.business.models import Resource
from domain.business.repository import (
    Intakes,
    Locations,
    Resources,
    ServiceResources,
    Services,
)
from domain.errors import InvalidInput
from domain.hours import stored_hours
from domain.knowledge.models import KnowledgeItem, KnowledgeStatus
from domain.knowledge.repository import KnowledgeItems
from domain.work import UnitOfWork
from tenants.organizations.setup import (
    IntakeSetup,
    KnowledgeSetup,
    PluginSetup,
    ReminderSetup,
    ResourceSetup,
    ServiceSetup,
    Setup,
    merged,
)

ADDED, CHANGED = "added", "changed"


class PluginSetter(Protocol):
    """Sets plugins up; which ones there are is not known here."""

    async def set_up(self, uow: UnitOfWork, name: str, wanted: PluginSetup) -> bool:
        """Whether anything had to be changed. Raises `InvalidInput` and `NotFound`."""


async def set_up(
    uow: UnitOfWork, setup: Setup, plugins: PluginSetter, version: int | None = None
) -> list[str]:
    """Make the business so; returns what had to be done, as `service Cleaning: added`.

    With `version`, rules of reminders go when the receptionist goes back to it.

    Raises `InvalidInput`, and `Forbidden` for what the actor may not change.
    """
    uow.require("business:read")
    parts = [await _hours(uow, setup), await _rules(uow, setup)]
    parts += [await _resource(uow, each) for each in setup.resources]
    parts += [await _service(uow, each) for each in setup.services]
    parts += [await _providers(uow, each) for each in setup.services if each.provided_by]
    parts += [await _intake(uow, each) for each in setup.intakes]
    parts += [await _reminder(uow, each, version) for each in setup.reminders]
    parts += [await _knowledge(uow, each) for each in setup.knowledge]
    for name, wanted in sorted(setup.plugins.items()):
        changed = await plugins.set_up(uow, name, wanted)
        parts.append(f"plugin {name}: {CHANGED}" if changed else "")
    return [part for part in parts if part]


async def _hours(uow: UnitOfWork, setup: Setup) -> str:
    if setup.hours is None:
        return ""
    locations = Locations(uow)
    place = await locations.maybe(locations.all().filter(is_default=True))
    if place is None:
        tenant = uow.scope.tenant
        await business.add_location(uow, tenant.name, tenant.timezone, hours=setup.hours)
        return f"location {tenant.name}: {ADDED}"
    if place.hours == stored_hours(setup.hours):
        return ""
    await business.change_location(uow, place.id, hours=setup.hours)
    return f"hours of {place.name}: {CHANGED}"


async def _rules(uow: UnitOfWork, setup: Setup) -> str:
    now = await business.current_rules(uow)
    wanted = merged(now, setup.rules)
    if wanted == now:
        return ""
    await business.set_rules(uow, wanted)
    return f"rules: {CHANGED}"


async def _resource(uow: UnitOfWork, wanted: ResourceSetup) -> str:
    resources = Resources(uow)
    row = await resources.named(wanted.name)
    if row is None:
        place = await Locations(uow).maybe(Locations(uow).all().filter(is_default=True))
        if place is None:
            raise InvalidInput.at("content.resources", "There is no location where they could be")
        await business.add_resource(
            uow, wanted.kind, wanted.name, place.id, capacity=wanted.capacity
        )
        return f"resource {wanted.name}: {ADDED}"
    if row.active and row.capacity == wanted.capacity:
        return ""
    await business.change_resource(uow, row.id, capacity=wanted.capacity, active=True)
    return f"resource {row.name}: {CHANGED}"


async def _providers(uow: UnitOfWork, wanted: ServiceSetup) -> str:
    service = await Services(uow).named(wanted.name)
    assert service is not None
    known = {row.name.casefold(): row.id for row in await _all_resources(uow)}
    there = [row.resource_id for row in await ServiceResources(uow).of(service.id)]
    names = [name.strip().casefold() for name in wanted.provided_by]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InvalidInput.at("content.services", f"Nobody is called {unknown[0]!r}")
    missing = [known[name] for name in names if known[name] not in there]
    if not missing:
        return ""
    await business.assign(uow, service.id, [*there, *missing])
    return f"who provides {service.name}: {CHANGED}"


async def _all_resources(uow: UnitOfWork) -> list[Resource]:
    resources = Resources(uow)
    return await resources.page(resources.all().order_by("id"))


async def _service(uow: UnitOfWork, wanted: ServiceSetup) -> str:
    services, values = Services(uow), wanted.model_dump(exclude_unset=True)
    row = await services.named(wanted.name)
    if row is None:
        more = {name: value for name, value in values.items() if name not in _GIVEN}
        await business.add_service(uow, wanted.name, wanted.duration_minutes, **more)
        return f"service {wanted.name}: {ADDED}"
    changed = {name: value for name, value in values.items() if _differs(row, name, value)}
    if not changed:
        return ""
    await business.change_service(uow, row.id, **changed)
    return f"service {row.name}: {CHANGED}"


_GIVEN = {"name", "duration_minutes", "provided_by"}


def _differs(row: Any, name: str, value: Any) -> bool:
    if name in {"name", "provided_by"}:
        return False
    now = getattr(row, name)
    return bool(list(now) != list(value) if name == "aliases" else now != value)


async def _intake(uow: UnitOfWork, wanted: IntakeSetup) -> str:
    intakes = Intakes(uow)
    row = await intakes.maybe(intakes.all().filter(name=wanted.name.strip()))
    if row is None:
        await business.add_intake(uow, wanted.name, wanted.questions)
        return f"intake {wanted.name}: {ADDED}"
    if row.active and row.questions == [each.model_dump(mode="json") for each in wanted.questions]:
        return ""
    await business.change_intake(uow, row.id, questions=wanted.questions, active=True)
    return f"intake {row.name}: {CHANGED}"


async def _reminder(uow: UnitOfWork, wanted: ReminderSetup, version: int | None) -> str:
    service = await Services(uow).named(wanted.service) if wanted.service else None
    if wanted.service and service is None:
        raise InvalidInput.at("content.reminders", f"No service is called {wanted.service!r}")
    new = reminders.NewRule(
        wanted.kind,
        wanted.route,
        wanted.minutes_before,
        service.id if service else None,
        wanted.words,
        starter_version=version,
    )
    same = (new.kind, new.route, new.minutes_before, new.service_id)
    for rule in await reminders.rules(uow):
        # Whoever changed it, or switched it off, knew why.
        if (rule.kind, rule.route, rule.minutes_before, rule.service_id) == same:
            return ""
    await reminders.add_rule(uow, new)
    return f"{_rule_named(wanted)}: {ADDED}"


def _rule_named(rule: ReminderSetup) -> str:
    """`reminder by email 1 day before for Haircut`."""
    minutes = rule.minutes_before or 0
    sizes = (("day", 24 * 60), ("hour", 60), ("minute", 1))
    unit, size = next((unit, size) for unit, size in sizes if minutes % size == 0)
    many = "" if minutes == size else "s"
    before = f" {minutes // size} {unit}{many} before" if minutes else ""
    return f"{rule.kind} by {rule.route}{before}" + (f" for {rule.service}" if rule.service else "")


async def _knowledge(uow: UnitOfWork, wanted: KnowledgeSetup) -> str:
    items = KnowledgeItems(uow)
    row = await items.maybe(items.all().filter(question=wanted.question.strip()))
    if row is None:
        made = await knowledge.add(uow, wanted.question, wanted.answer)
        await knowledge.publish(uow, made.id)
        return f"knowledge {made.question}: {ADDED}"
    return await _reword(uow, row, wanted.answer)


async def _reword(uow: UnitOfWork, row: KnowledgeItem, answer: str) -> str:
    if row.answer == answer.strip() and row.status is KnowledgeStatus.PUBLISHED:
        return ""
    await knowledge.update(uow, row.id, answer=answer)
    await knowledge.publish(uow, row.id)
    return f"knowledge {row.question}: {CHANGED}"
