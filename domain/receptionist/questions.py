"""The questions of the receptionist, made from what it has in mind, so any can be asked again."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from domain.business.profile import IntakeInfo, ServiceInfo
from domain.business.profile import Question as IntakeQuestion
from domain.business.questions import next_question
from domain.receptionist import speaking
from domain.receptionist.briefing import Briefing
from domain.receptionist.house_rules import Inquiry, Screening
from domain.receptionist.moves import Quote, Utter
from domain.receptionist.state import Asked, Goal, Offered, State, Visit
from domain.waitlist.rules import DayPart, part_of

Question = Callable[[State, Briefing, date], Utter | Quote]


def ask(state: State, briefing: Briefing, now: datetime) -> Utter | Quote:
    """The question that is waiting for an answer."""
    return _QUESTIONS[state.asked](state, briefing, briefing.local(now).date())


def service_named(briefing: Briefing, id: UUID | None) -> ServiceInfo | None:
    """A service of the profile."""
    return next((s for s in briefing.profile.services if s.id == id), None)


def staff_name(briefing: Briefing, id: UUID | None) -> str | None:
    """The name of somebody one can ask for."""
    return next((r.name for r in briefing.staff if r.id == id), None)


def said_visit(visit: Visit, briefing: Briefing, today: date) -> str:
    """An appointment as it is said: `a cleaning on Friday, November 20 at 9 AM`."""
    service = service_named(briefing, visit.service_id)
    name = speaking.a(service.name if service else "appointment")
    return f"{name} {speaking.when(visit.starts_at, today)}"


def said_wait(state: State, briefing: Briefing, today: date) -> dict[str, str]:
    """What somebody waits for, as it is kept: a service, days, and a part of the day."""
    full, service = state.frame.full, service_named(briefing, state.frame.service_id)
    assert full is not None
    part = part_of(full.at, full.earliest, full.latest)
    days = speaking.stretch(full.first, full.last, today)
    said = days if part is DayPart.ANY else f"{days} in the {part.value}"
    return {"service": speaking.a(service.name if service else "visit"), "days": said}


def said_slots(offers: tuple[Offered, ...], today: date) -> str:
    """Free times as they are offered."""
    return speaking.moments([offer.starts_at for offer in offers], today)


def _service(state: State, briefing: Briefing, today: date) -> Utter:
    key = "ask_service_again" if state.misunderstood else "ask_service"
    return Utter(key, {"services": speaking.either([s.name for s in briefing.services])})


def _staff(state: State, briefing: Briefing, today: date) -> Utter:
    return Utter("ask_which_staff", {"names": speaking.either([r.name for r in briefing.staff])})


def _when(state: State, briefing: Briefing, today: date) -> Utter:
    if state.misunderstood:
        return Utter("ask_when_again")
    if state.goal is Goal.MOVE and state.frame.visit:
        visit = said_visit(state.frame.visit, briefing, today)
        return Utter("ask_new_time", {"appointment": visit})
    return Utter("ask_when")


def _slot(state: State, briefing: Briefing, today: date) -> Utter:
    offers = state.frame.offers
    if len(offers) == 1:
        return Utter("offer_one", {"slot": said_slots(offers, today)})
    return Utter("offer_many", {"slots": said_slots(offers, today)})


def _commit(state: State, briefing: Briefing, today: date) -> Utter:
    frame = state.frame
    assert frame.chosen is not None
    service = service_named(briefing, frame.service_id)
    said = {
        "service": speaking.a(service.name if service else "visit"),
        "slot": speaking.when(frame.chosen.starts_at, today),
    }
    if state.goal is Goal.MOVE:
        return Utter("confirm_move", said)
    said["name"] = state.name or ""
    staff = staff_name(briefing, frame.staff_id)
    if staff:
        return Utter("confirm_booking_with", said | {"staff": staff})
    return Utter("confirm_booking", said)


def _wait(state: State, briefing: Briefing, today: date) -> Utter:
    said = said_wait(state, briefing, today)
    staff = staff_name(briefing, state.frame.staff_id)
    said["name"] = state.name or ""
    if staff:
        return Utter("confirm_wait_with", said | {"staff": staff})
    return Utter("confirm_wait", said)


def _appointment(state: State, briefing: Briefing, today: date) -> Utter:
    visits = [said_visit(visit, briefing, today) for visit in state.frame.visits]
    return Utter("which_appointment", {"appointments": speaking.both(visits)})


def _cancel(state: State, briefing: Briefing, today: date) -> Utter:
    assert state.frame.visit is not None
    visit = said_visit(state.frame.visit, briefing, today)
    return Utter("confirm_cancel", {"appointment": visit})


def _consent(state: State, briefing: Briefing, today: date) -> Utter:
    return Utter(briefing.consent.question)


def intake_question(state: State, briefing: Briefing) -> tuple[IntakeInfo, IntakeQuestion] | None:
    """Which of the business's own questions comes next, if there is one."""
    if state.intake_over:
        return None
    for intake in briefing.profile.intakes:
        answers = {a.question: a.answer for a in state.answers if a.intake_id == intake.id}
        question = next_question(intake.questions, answers)
        if question is not None:
            return intake, question
    return None


def _intake(state: State, briefing: Briefing, today: date) -> Quote:
    waiting = intake_question(state, briefing)
    assert waiting is not None
    intake, question = waiting
    return Quote(question.ask, f"intake:{intake.id}:{question.key}")


def screening_due(state: State, briefing: Briefing) -> Screening | None:
    """What has to be decided before times are looked for, if anything."""
    if state.goal is not Goal.BOOK:
        return None
    service = service_named(briefing, state.frame.service_id)
    due = (each for each in briefing.house.screenings if each.name not in state.frame.cleared)
    name = service.name if service else None
    return next((each for each in due if each.concerns(name)), None)


def screening_question(state: State, briefing: Briefing) -> Inquiry | None:
    """What has to be known first, if anything is missing."""
    screening = screening_due(state, briefing)
    if screening is None:
        return None
    waiting = next_question(screening.questions, dict(state.frame.told))
    return next((each for each in screening.inquiries if each.question == waiting), None)


def _screening(state: State, briefing: Briefing, today: date) -> Quote | Utter:
    waiting = screening_question(state, briefing)
    if waiting is None:
        return Utter("how_can_i_help")
    return Quote(waiting.question.ask, f"screening:{waiting.question.key}")


def _ability(state: State, briefing: Briefing, today: date) -> Quote | Utter:
    ability = briefing.ability(state.frame.ability or "")
    question = next_question(ability.questions, dict(state.frame.told)) if ability else None
    if ability is None or question is None:
        return Utter("how_can_i_help")
    return Quote(question.ask, f"ability:{ability.name}:{question.key}")


def _plain(key: str, again: str | None = None) -> Question:
    def question(state: State, briefing: Briefing, today: date) -> Utter:
        return Utter(again if again and state.misunderstood else key)

    return question


_QUESTIONS: dict[Asked, Question] = {
    Asked.ABILITY: _ability,
    Asked.APPOINTMENT: _appointment,
    Asked.BIRTH_DATE: _plain("ask_birth_date", "ask_birth_date_again"),
    Asked.CANCEL: _cancel,
    Asked.COMMIT: _commit,
    Asked.ADULT: _plain("for_adults"),
    Asked.CONSENT: _consent,
    Asked.HELP: _plain("how_can_i_help"),
    Asked.INTAKE: _intake,
    Asked.MESSAGE: _plain("ask_message"),
    Asked.NAME: _plain("ask_name", "ask_name_again"),
    Asked.OFFER_MESSAGE: _plain("offer_message"),
    Asked.OFFER_WAIT: _plain("other_day_or_wait"),
    Asked.PHONE: _plain("ask_phone", "ask_phone_again"),
    Asked.SCREENING: _screening,
    Asked.SERVICE: _service,
    Asked.SLOT: _slot,
    Asked.STAFF: _staff,
    Asked.WAIT: _wait,
    Asked.WHEN: _when,
}
