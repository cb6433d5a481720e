"""Bright Smile Dental: the business that the demonstration opens."""

from datetime import time
from uuid import UUID

from domain import appointments, business, knowledge, phone_numbers
from domain.business.profile import ResourceKind, Rules
from domain.contacts.repository import Contacts
from domain.hours import OpenHours
from domain.phone_numbers.repository import PhoneNumbers
from domain.work import UnitOfWork
from plugins.registry import Registry
from plugins.settings import enable
from tenants.service import NewOwner, NewTenant

NUMBER = "+12125550100"
CALLER = "+12125550142"
BUSINESS = NewTenant("Bright Smile Dental", "bright-smile-dental", "America/New_York")
OWNER = NewOwner("owner@bright-smile.example", "Dana Bright", "bright-smile-demo")

FAQS = (
    ("Do you take insurance?", "Yes, we take Delta Dental, Cigna and MetLife."),
    ("Where can I park?", "There is free parking behind the building, off Oak Street."),
    ("Are you taking new patients?", "Yes, we are happy to see new patients."),
    ("Do you see children?", "Yes, from the age of three."),
)


async def furnish(uow: UnitOfWork, registry: Registry) -> None:
    """Give a fresh tenant its place, people, services, hours, answers and number."""
    place = await business.add_location(
        uow,
        "Oak Street",
        BUSINESS.timezone,
        address="12 Oak Street, New York",
        hours=[OpenHours(weekday=day, opens=time(9), closes=time(17)) for day in range(5)],
    )
    dentists = [await _dentist(uow, name, place.id) for name in ("Dr. Maya Lee", "Dr. Arun Patel")]
    await _service(uow, "Cleaning", 30, 12_000, dentists)
    await _service(uow, "Exam", 60, 9_500, dentists)
    await _service(uow, "Whitening", 90, 35_000, dentists[:1])
    await business.set_rules(uow, Rules())
    for question, answer in FAQS:
        item = await knowledge.add(uow, question, answer)
        await knowledge.publish(uow, item.id)
    await phone_numbers.attach(uow, NUMBER, label="Main line", location_id=place.id)
    await enable(uow, registry, "notify")


async def forget_the_caller(uow: UnitOfWork) -> None:
    """Cancel what an earlier demonstration booked, and forget the name: both come up again."""
    caller = await Contacts(uow).by_phone(CALLER)
    if caller is None:
        return
    profile = await business.profile(uow)
    for visit in await appointments.upcoming(uow, caller.id):
        await appointments.cancel(uow, profile, visit.id)
    await Contacts(uow).save(caller, name=None)


async def is_furnished(uow: UnitOfWork) -> bool:
    """Whether the practice has its number."""
    return await PhoneNumbers(uow).all().exists()


async def _dentist(uow: UnitOfWork, name: str, place: UUID) -> UUID:
    return (await business.add_resource(uow, ResourceKind.STAFF, name, place)).id


async def _service(
    uow: UnitOfWork, name: str, minutes: int, price: int, providers: list[UUID]
) -> None:
    service = await business.add_service(uow, name, minutes, price_minor=price)
    await business.assign(uow, service.id, providers)
