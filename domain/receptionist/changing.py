"""Telling, moving and cancelling the visits a caller has."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.receptionist import booking, speaking
from domain.receptionist.briefing import Briefing
from domain.receptionist.identity import MOST_WRONG
from domain.receptionist.listening import visit_meant
from domain.receptionist.moves import Decision, Heard, ToolAnswered, UseTool, Utter
from domain.receptionist.nlu import Understanding
from domain.receptionist.nlu.confirmation import Answer
from domain.receptionist.questions import ask, said_visit
from domain.receptionist.state import Asked, Goal, State, Visit


def step(state: State, heard: Understanding, said: Heard, briefing: Briefing) -> Decision | None:
    """Find the visit first, then what is to be done with it."""
    if state.frame.visit is None and state.asked is not Asked.APPOINTMENT:
        return _identify(state, heard, said, briefing)
    if state.asked is Asked.APPOINTMENT:
        return _which(state, heard, said, briefing)
    if state.goal is Goal.CANCEL:
        return _cancelling(state, heard)
    return booking.step(state, heard, said, briefing)


def answered(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    """Go on with what was found, or with what was cancelled."""
    if answer.error:
        key = "too_late_to_change" if answer.error == "TOO_LATE_TO_CHANGE" else "tool_failed"
        return Decision(state.to(goal=None, asked=Asked.OFFER_MESSAGE), (Utter(key),))
    if answer.tool == "find_appointments":
        return _found(state, answer, briefing)
    today = briefing.local(answer.at).date()
    at = briefing.local(datetime.fromisoformat(answer.result["starts_at"]))
    return Decision.done(state, Utter("cancelled", {"slot": speaking.when(at, today)}))


def _identify(
    state: State, heard: Understanding, said: Heard, briefing: Briefing
) -> Decision | None:
    """Where visits are guarded, ask for proof before anything is looked up."""
    if not briefing.guarded:
        return _look_up(state)
    if state.unproven >= MOST_WRONG:
        return _not_found(state)
    named = booking.take_name_and_phone(state, heard)
    if named.name is None:
        return _prove(named, Asked.NAME, state, said, briefing)
    if not briefing.house.birth_dates:
        return _look_up(named, {"name": named.name})
    born = heard.birth_date.first.isoformat() if heard.birth_date else named.born
    if born is None:
        return _prove(named, Asked.BIRTH_DATE, state, said, briefing)
    return _look_up(named.to(born=born), {"name": named.name, "birth_date": born})


def _prove(
    state: State, what: Asked, before: State, said: Heard, briefing: Briefing
) -> Decision | None:
    """Ask for what is missing; None if that was asked for and not answered."""
    if before.asked is what:
        return None
    asking = state.to(asked=what)
    return Decision(asking, (ask(asking, briefing, said.at),))


def _not_found(state: State) -> Decision:
    """The same words, whether there is no visit or it was not proven whose it is."""
    lost = state.to(goal=None, asked=Asked.OFFER_MESSAGE, born=None, unproven=state.unproven + 1)
    return Decision(lost, (Utter("no_appointments"),))


def _look_up(state: State, arguments: dict[str, Any] | None = None) -> Decision:
    looking = UseTool("find_appointments", arguments or {})
    return Decision(state.to(waiting_for="find_appointments"), (looking,))


def _found(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    visits = tuple(
        Visit(
            UUID(found["appointment_id"]),
            UUID(found["service_id"]),
            briefing.local(datetime.fromisoformat(found["starts_at"])),
        )
        for found in answer.result["appointments"]
    )
    if not visits:
        return _not_found(state)
    if state.goal is Goal.CHECK:
        return _tell(state, visits, briefing, answer)
    if len(visits) == 1:
        return _about(state, visits[0], answer, briefing)
    choosing = state.framed(visits=visits).to(asked=Asked.APPOINTMENT)
    return Decision(choosing, (ask(choosing, briefing, answer.at),))


def _tell(
    state: State, visits: tuple[Visit, ...], briefing: Briefing, answer: ToolAnswered
) -> Decision:
    today = briefing.local(answer.at).date()
    told = speaking.both([said_visit(visit, briefing, today) for visit in visits])
    return Decision.done(state, Utter("your_appointment", {"appointments": told}))


def _which(state: State, heard: Understanding, said: Heard, briefing: Briefing) -> Decision | None:
    visit = visit_meant(heard, state.frame.visits, briefing)
    return _about(state, visit, said, briefing) if visit else None


def _about(state: State, visit: Visit, said: Heard | ToolAnswered, briefing: Briefing) -> Decision:
    """The visit is known: ask whether to cancel it, or when to move it to."""
    known = state.framed(visit=visit, service_id=visit.service_id)
    question = Asked.CANCEL if state.goal is Goal.CANCEL else Asked.WHEN
    asking = known.to(asked=question)
    return Decision(asking, (ask(asking, briefing, said.at),))


def _cancelling(state: State, heard: Understanding) -> Decision | None:
    answer = heard.confirmation.answer if heard.confirmation else None
    assert state.frame.visit is not None
    agrees = answer is Answer.YES or heard.intent.label == "cancel"
    if answer is Answer.NO:
        return Decision.done(state, Utter("kept"))
    if not agrees:
        return None
    arguments = {"appointment_id": str(state.frame.visit.appointment_id)}
    return Decision(state.to(waiting_for="cancel"), (UseTool("cancel", arguments),))
