"""What people do not want: written down, heeded, and not asked again for a year."""

from uuid import UUID

from domain.contacts.repository import Contacts
from domain.privacy.purposes import Purpose
from domain.rights import desk
from domain.rights.clocks import no_question_before
from domain.rights.events import ChoiceEnded, ChoiceMade
from domain.rights.kinds import RequestKind
from domain.rights.models import PrivacyChoice
from domain.rights.repository import PrivacyChoices
from domain.work import UnitOfWork

# An objection and a withdrawal end each of these, unless they name one; the other kinds say what.
ENDS = {
    RequestKind.MARKETING_OPT_OUT: frozenset(
        {Purpose.MARKETING, Purpose.MEASURING_CAMPAIGNS, Purpose.PERSONALISATION}
    ),
    RequestKind.SALE_OPT_OUT: frozenset({Purpose.INDUSTRY_INSIGHT, Purpose.MARKETING}),
    RequestKind.OBJECTION: frozenset(
        {
            Purpose.ANALYTICS,
            Purpose.IMPROVEMENT,
            Purpose.INDUSTRY_INSIGHT,
            Purpose.MARKETING,
            Purpose.MEASURING_CAMPAIGNS,
            Purpose.MONITORING,
            Purpose.PERSONALISATION,
            Purpose.SURVEYS,
        }
    ),
    RequestKind.CONSENT_WITHDRAWAL: frozenset(
        {
            Purpose.IMPROVEMENT,
            Purpose.MARKETING,
            Purpose.MEASURING_CAMPAIGNS,
            Purpose.PERSONALISATION,
        }
    ),
}


async def choose(
    uow: UnitOfWork,
    contact_id: UUID,
    kind: RequestKind,
    *,
    request_id: UUID | None = None,
    place: str | None = None,
    purpose: Purpose | None = None,
) -> PrivacyChoice:
    """Write down that a person does not want something; said twice, it is the same choice."""
    choices = PrivacyChoices(uow)
    same = choices.in_force(contact_id).filter(kind=kind, purpose=purpose)
    known = await choices.maybe(same)
    if known is not None:
        return known
    choice = await choices.add(
        contact_id=contact_id,
        kind=kind,
        purpose=purpose,
        request_id=request_id,
        made_at=uow.now,
        ask_again_at=no_question_before(uow.now, uow.scope.tenant.region, place),
    )
    said = purpose.value if purpose else None
    uow.record(ChoiceMade(contact_id=contact_id, kind=kind.value, purpose=said))
    return choice


async def end(uow: UnitOfWork, id: UUID) -> PrivacyChoice:
    """They changed their mind, and said so themselves. A second time changes nothing."""
    uow.require(desk.WRITE)
    choices = PrivacyChoices(uow)
    choice = await choices.lock(id)
    if choice.ended_at is None:
        await choices.save(choice, ended_at=uow.now)
        uow.record(ChoiceEnded(contact_id=choice.contact_id, kind=choice.kind.value))
    return choice


async def forbids(uow: UnitOfWork, contact_id: UUID, purpose: Purpose) -> bool:
    """Whether a person does not want their data used for something, or has it restricted."""
    contact = await Contacts(uow).get(contact_id)
    if contact.restricted_at is not None:
        return True
    choices = PrivacyChoices(uow)
    made = await choices.page(choices.in_force(contact_id))
    return any(_covers(choice, purpose) for choice in made)


async def may_ask(uow: UnitOfWork, contact_id: UUID, kind: RequestKind) -> bool:
    """Whether a person may be asked to change their mind: not within a year of their choice."""
    made = PrivacyChoices(uow).in_force(contact_id)
    return not await made.filter(kind=kind, ask_again_at__gt=uow.now).exists()


def ended_by(kind: RequestKind, purpose: Purpose | None) -> frozenset[Purpose]:
    """What a choice puts an end to: what it names, or else all that its kind is about."""
    return ENDS[kind] if purpose is None else frozenset({purpose})


def _covers(choice: PrivacyChoice, purpose: Purpose) -> bool:
    return purpose in ended_by(choice.kind, choice.purpose)
