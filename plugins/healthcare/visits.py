"""Who comes, whether for the first time, and with which insurance."""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.appointments.visitors import Visitor
from domain.business.profile import Question, QuestionKind
from domain.receptionist.house_rules import Case, Hears, Inquiry, Then, Verdict
from plugins.healthcare.settings import Settings
from plugins.tools import ToolContext

OF_AGE = 18
GUARDIAN = (
    "A parent or guardian has to book for somebody under eighteen. Somebody of the practice will"
    " call back."
)
NOBODY_NEW = (
    "We take no new patients by telephone at the moment. Somebody of the practice will call you."
)
WHO = (
    Inquiry(Question(key="self", ask="Is the visit for you?", kind=QuestionKind.YES_NO)),
    Inquiry(
        Question(key="patient", ask="What is your full name?", only_if={"self": "yes"}), Hears.NAME
    ),
    Inquiry(
        Question(key="other", ask="What is the patient's full name?", only_if={"self": "no"}),
        Hears.PERSON,
    ),
    Inquiry(
        Question(
            key="birth_date", ask="What is the patient's date of birth?", kind=QuestionKind.DATE
        ),
        Hears.BIRTH_DATE,
    ),
    Inquiry(
        Question(key="seen", ask="Has the patient been to us before?", kind=QuestionKind.YES_NO)
    ),
)
INSURANCE = (
    Inquiry(Question(key="insured", ask="Is there dental insurance?", kind=QuestionKind.YES_NO)),
    Inquiry(
        Question(key="carrier", ask="Which insurance company is it?", only_if={"insured": "yes"})
    ),
    Inquiry(
        Question(
            key="member_id",
            ask="What is the member ID on the card? Say no, if you do not have it with you.",
            only_if={"insured": "yes"},
            required=False,
        )
    ),
)


def inquiries(settings: Settings) -> Sequence[Inquiry]:
    """Who comes, and who pays."""
    return (*WHO, *INSURANCE) if settings.asks_insurance else WHO


async def screen(case: Case, context: ToolContext) -> Verdict:
    """New patients begin with a first visit; children come with somebody who answers for them."""
    settings = context.settings
    assert isinstance(settings, Settings)
    visitor, new = visitor_of(case), case.answers["seen"] == "no"
    note = "; ".join(_notes(case, visitor, settings))
    by_themselves = case.answers["self"] == "yes"
    if by_themselves and age(visitor.born, context.situation.at.date()) < OF_AGE:
        return Verdict(Then.MESSAGE, GUARDIAN, f"A guardian is to be called: {note}")
    if new and not settings.accepts_new:
        return Verdict(Then.MESSAGE, NOBODY_NEW, f"Would like to become a patient: {note}")
    first = new and case.service in settings.first_visit_for
    return Verdict(note=note, service=settings.first_visit if first else "", visitor=visitor)


def visitor_of(case: Case) -> Visitor:
    """Who comes: the caller, or for whom they call."""
    told = case.answers
    name = told["patient"] if told["self"] == "yes" else told["other"]
    return Visitor(name, date.fromisoformat(told["birth_date"]))


def age(born: date, today: date) -> int:
    """Whole years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _notes(case: Case, visitor: Visitor, settings: Settings) -> Iterator[str]:
    told = case.answers
    yield f"Patient: {visitor.name}"
    yield "New patient" if told["seen"] == "no" else "Has been here before"
    if told.get("insured") == "no":
        yield "No insurance"
    if carrier := told.get("carrier"):
        member = told.get("member_id") or "not at hand"
        yield f"Insurance: {carrier}, member ID {member}"
        if not settings.bills(carrier):
            yield "not among those we bill: please call before the visit"
