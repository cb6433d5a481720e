"""Finding a time, and booking or moving a visit to it once the caller has agreed aloud."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.business.profile import QuestionKind
from domain.receptionist import screening, speaking, waiting
from domain.receptionist.briefing import Briefing
from domain.receptionist.house_rules import Hears, Inquiry
from domain.receptionist.listening import choice, take_in, wanted_in
from domain.receptionist.moves import Decision, Heard, ToolAnswered, UseTool, Utter
from domain.receptionist.nlu import Understanding
from domain.receptionist.nlu.confirmation import Answer
from domain.receptionist.questions import ask, said_slots, screening_question, service_named
from domain.receptionist.state import Asked, Goal, Offered, State, Wanted
from domain.receptionist.tracking.people import names_caller

# What the calendar can object to, and how the caller hears it.
REFUSALS = {
    "DAY_FULL": "nothing_free",
    "IN_THE_PAST": "nothing_free",
    "OFFER_EXPIRED": "slot_gone",
    "OUTSIDE_HOURS": "not_open",
    "SLOT_TAKEN": "slot_gone",
    "TOO_FAR_AHEAD": "too_far",
    "TOO_SOON": "nothing_free",
}
FULL = "DAY_FULL"
# Other times are worth looking for after these, unless the search itself was refused.
SEARCH_AGAIN = {"OFFER_EXPIRED", "SLOT_TAKEN"}
# Answers of these kinds are no times, so a time beside them is one at which to come.
_BESIDE = {QuestionKind.CHOICE, QuestionKind.NUMBER}


def step(state: State, heard: Understanding, said: Heard, briefing: Briefing) -> Decision | None:
    """Take in what was said and go on; None if it said nothing to the purpose."""
    if state.asked is Asked.COMMIT:
        return _committing(state, heard, said, briefing)
    if state.asked is Asked.SCREENING:
        return _screening(state, heard, said, briefing)
    answered = _answer(state, heard, said, briefing)
    if answered is not None:
        return answered
    taken = screening.learn(take_in(state, heard, briefing, said.at), heard, briefing)
    if taken == state and state.asked is not Asked.HELP:
        return None
    if taken.frame.wanted != state.frame.wanted:
        taken = taken.framed(offers=(), chosen=None)
    return go_on(taken, said, briefing)


def _answer(state: State, heard: Understanding, said: Heard, briefing: Briefing) -> Decision | None:
    """What an answer to an offer comes to, of a time or of the waiting list."""
    if state.asked is Asked.SLOT and state.frame.offers:
        return _picking(state, heard, said, briefing)
    if state.asked not in (Asked.OFFER_WAIT, Asked.WAIT):
        return None
    settled = waiting.step(state, heard)
    return go_on(settled, said, briefing) if isinstance(settled, State) else settled


def _picking(
    state: State, heard: Understanding, said: Heard, briefing: Briefing
) -> Decision | None:
    chosen = choice(heard, state.frame.offers)
    if chosen is not None:
        return go_on(take_name_and_phone(state, heard).framed(chosen=chosen), said, briefing)
    if _refuses(heard) and not heard.moments:
        return _none_of_these(state, said, briefing)
    return None


def go_on(state: State, said: Heard | ToolAnswered, briefing: Briefing) -> Decision:
    """Ask for the next thing that is missing, look for times, or read back."""
    state = _with_only_service(state, briefing)
    before = screening.next_step(state, said, briefing)
    if before is not None:
        return before
    frame = state.frame
    if frame.chosen is None and frame.service_id and frame.wanted and not frame.offers:
        return _look_for_times(state, frame.wanted)
    return _ask(state, _missing(state), said, briefing)


def wait(state: State, heard: Understanding, said: Heard, briefing: Briefing) -> Decision:
    """Let the caller wait for what comes free, unless something is that they have not heard of."""
    if state.goal is not Goal.BOOK:
        state = state.pursuing(Goal.BOOK).framed(service_id=state.frame.service_id)
    frame = state.frame
    if frame.wanted is not None and (frame.offers or frame.chosen):
        state = state.framed(wanted=None, full=frame.wanted)
    taken = take_in(state.framed(offers=(), chosen=None, waits=True), heard, briefing, said.at)
    return go_on(screening.learn(taken, heard, briefing), said, briefing)


def _missing(state: State) -> Asked:
    frame = state.frame
    if frame.service_id is None:
        return Asked.SERVICE
    waits = frame.waits and frame.full is not None
    if frame.chosen is None and not (waits and not frame.offers):
        return Asked.SLOT if frame.offers else Asked.WHEN
    if state.goal is Goal.BOOK and state.name is None:
        return Asked.NAME
    if state.goal is Goal.BOOK and state.phone is None:
        return Asked.PHONE
    return Asked.COMMIT if frame.chosen else Asked.WAIT


def answered(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    """Go on with what the calendar said."""
    if answer.error:
        return _refused(state, answer, briefing)
    if answer.tool == "find_slots":
        return _offer(state, answer, briefing)
    return _done(state, answer, briefing)


def screened(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    """Go on with what was decided before the booking."""
    decided = screening.answered(state, answer, briefing)
    if isinstance(decided, Decision):
        return decided
    following = go_on(decided, answer, briefing)
    return Decision(following.state, (*screening.words_of(answer), *following.moves))


def _screening(
    state: State, heard: Understanding, said: Heard, briefing: Briefing
) -> Decision | None:
    """Keep the answer, and a wish for a time that came along with it."""
    waiting = screening_question(state, briefing)
    answered = screening.step(state, heard, briefing)
    if answered is None or isinstance(answered, Decision):
        return answered
    if waiting is not None and _leaves_room(waiting) and answered.frame.wanted is None:
        wanted = wanted_in(heard, answered, briefing, said.at)
        answered = answered.framed(wanted=wanted)
    return go_on(screening.learn(answered, heard, briefing), said, briefing)


def _leaves_room(waiting: Inquiry) -> bool:
    """Whether a time that is said beside the answer is one at which to come."""
    return waiting.question.kind in _BESIDE or waiting.hears is Hears.STAFF


def take_name_and_phone(state: State, heard: Understanding) -> State:
    """Keep a name or number that came along with something else."""
    if heard.name is not None and names_caller(heard) and state.name is None:
        state = state.to(name=heard.name.name)
    if heard.phone is not None and heard.phone.e164 and state.phone is None:
        state = state.to(phone=heard.phone.e164)
    return state


def _committing(
    state: State, heard: Understanding, said: Heard, briefing: Briefing
) -> Decision | None:
    """Nothing is booked unless the caller agrees to what was read back."""
    answer = heard.confirmation.answer if heard.confirmation else None
    if answer is Answer.YES and not heard.moments:
        return _commit(state)
    taken = screening.learn(take_in(state, heard, briefing, said.at), heard, briefing)
    if taken.frame.told != state.frame.told:
        return go_on(taken.framed(offers=(), chosen=None), said, briefing)
    if taken.frame.wanted != state.frame.wanted or taken.frame.service_id != state.frame.service_id:
        return go_on(taken.framed(offers=(), chosen=None), said, briefing)
    if heard.name is not None or taken.frame.staff_id != state.frame.staff_id:
        return go_on(taken, said, briefing)
    if answer in (Answer.NO, Answer.CHANGE):
        full = state.frame.wanted if state.frame.waits else state.frame.full
        return go_on(state.framed(wanted=None, full=full, offers=(), chosen=None), said, briefing)
    return None


def _commit(state: State) -> Decision:
    chosen = state.frame.chosen
    assert chosen is not None
    if state.goal is Goal.MOVE and state.frame.visit is not None:
        arguments: dict[str, Any] = {
            "appointment_id": str(state.frame.visit.appointment_id),
            "offer_id": str(chosen.offer_id),
        }
        return Decision(state.to(waiting_for="move"), (UseTool("move", arguments),))
    arguments = {"offer_id": str(chosen.offer_id), "name": state.name, "phone": state.phone}
    notes = [note for note in (state.ward, state.frame.note) if note]
    if notes:
        arguments["notes"] = "\n".join(notes)
    if visitor := state.frame.visitor:
        arguments["visitor"] = {"name": visitor.name, "born": visitor.born.isoformat()}
    if state.frame.site:
        arguments["site"] = asdict(state.frame.site)
    return Decision(state.to(waiting_for="book"), (UseTool("book", arguments),))


def _look_for_times(state: State, wanted: Wanted) -> Decision:
    frame = state.frame
    arguments: dict[str, Any] = {
        "service_id": str(frame.service_id),
        "staff_id": str(frame.staff_id) if frame.staff_id else None,
        "first": wanted.first.isoformat(),
        "last": wanted.last.isoformat(),
        "at": wanted.at.isoformat() if wanted.at else None,
        "earliest": wanted.earliest.isoformat() if wanted.earliest else None,
        "latest": wanted.latest.isoformat() if wanted.latest else None,
    }
    if frame.site:
        arguments["site"] = asdict(frame.site)
    if state.goal is Goal.MOVE and frame.visit:
        arguments["appointment_id"] = str(frame.visit.appointment_id)
    return Decision(state.to(waiting_for="find_slots"), (UseTool("find_slots", arguments),))


def _offer(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    from_tool = answer.result["slots"]
    offers = tuple(Offered(UUID(slot["offer_id"]), _local(slot, briefing)) for slot in from_tool)
    if not offers:
        return _nothing_free(state, answer, briefing)
    if answer.result["exact"]:
        return go_on(state.framed(offers=offers, chosen=offers[0]), answer, briefing)
    offering = state.framed(offers=offers, chosen=None).to(asked=Asked.SLOT)
    wanted = state.frame.wanted
    if wanted is None or wanted.at is None:
        return Decision(offering, (ask(offering, briefing, answer.at),))
    return Decision(offering, (_instead(offering, wanted, briefing, answer),))


def _nothing_free(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    """Another day, or the waiting list, which is gone on with at once if they have asked for it."""
    full = state.framed(wanted=None, full=state.frame.wanted, offers=(), chosen=None)
    if not waiting.can_wait(full, briefing):
        return Decision(full.framed(full=None).to(asked=Asked.WHEN), (Utter("nothing_free"),))
    if full.frame.waits:
        return go_on(full, answer, briefing)
    return Decision(full.to(asked=Asked.OFFER_WAIT), (Utter("nothing_free_or_wait"),))


def _none_of_these(state: State, said: Heard, briefing: Briefing) -> Decision:
    """They take none of the times on offer: another day, or the waiting list."""
    full = state.framed(wanted=None, full=state.frame.wanted, offers=())
    if full.frame.waits or not waiting.can_wait(full, briefing):
        return go_on(full, said, briefing)
    return _ask(full, Asked.OFFER_WAIT, said, briefing)


def _instead(state: State, wanted: Wanted, briefing: Briefing, answer: ToolAnswered) -> Utter:
    today = briefing.local(answer.at).date()
    assert wanted.at is not None
    asked_for = speaking.clock(wanted.at)
    if wanted.first == wanted.last:
        asked_for = f"{speaking.day(wanted.first, today)} at {asked_for}"
    slots = said_slots(state.frame.offers, today)
    if len(state.frame.offers) == 1:
        return Utter("offer_one_instead", {"wanted": asked_for, "slot": slots})
    return Utter("offer_instead", {"wanted": asked_for, "slots": slots})


def _refused(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    key = REFUSALS.get(answer.error or "")
    if answer.error in ("NOT_BOOKABLE", "TOO_LATE_TO_CHANGE"):
        key = "cannot_book" if answer.error == "NOT_BOOKABLE" else "too_late_to_change"
        return Decision(state.to(goal=None, asked=Asked.OFFER_MESSAGE), (Utter(key),))
    if key is None:
        return Decision(state.to(goal=None, asked=Asked.OFFER_MESSAGE), (Utter("tool_failed"),))
    searching = answer.tool == "find_slots"
    if answer.error in SEARCH_AGAIN and state.frame.wanted and not searching:
        again = _look_for_times(state.framed(offers=(), chosen=None), state.frame.wanted)
        return Decision(again.state, (Utter(key), *again.moves))
    if answer.error == FULL:
        return _nothing_free(state, answer, briefing)
    missing = state.framed(wanted=None, offers=(), chosen=None).to(asked=Asked.WHEN)
    return Decision(missing, (Utter(key),))


def _done(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    service = service_named(briefing, state.frame.service_id)
    today = briefing.local(answer.at).date()
    said = {
        "service": speaking.a(service.name if service else "visit"),
        "slot": speaking.when(_local(answer.result, briefing), today),
    }
    if answer.tool == "move":
        key, said = "moved", {"slot": said["slot"]}
    else:
        key = "requested" if answer.result["status"] == "requested" else "booked"
    return Decision.done(state, Utter(key, said))


def _local(slot: dict[str, Any], briefing: Briefing) -> datetime:
    return briefing.local(datetime.fromisoformat(slot["starts_at"]))


def _with_only_service(state: State, briefing: Briefing) -> State:
    if state.frame.service_id is None and len(briefing.services) == 1:
        return state.framed(service_id=briefing.services[0].id)
    return state


def _refuses(heard: Understanding) -> bool:
    return heard.confirmation is not None and heard.confirmation.answer in (
        Answer.NO,
        Answer.CHANGE,
    )


def _ask(state: State, question: Asked, said: Heard | ToolAnswered, briefing: Briefing) -> Decision:
    asking = state.to(asked=question)
    return Decision(asking, (ask(asking, briefing, said.at),))
