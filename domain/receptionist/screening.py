"""What a trade has to know, and decides, before times are looked for.

Its questions are asked one by one, unless the caller has said the answers already; then whoever
brought them decides once. Where they cannot be answered, nothing is booked.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import TypeAdapter

from domain.business.profile import Question
from domain.business.questions import accept, next_question
from domain.errors import InvalidInput
from domain.receptionist.asking import answer_in
from domain.receptionist.briefing import Briefing
from domain.receptionist.handing_over import graver, hand_over
from domain.receptionist.house_rules import Hears, Inquiry, Then, Verdict
from domain.receptionist.moves import Decision, Heard, Quote, ToolAnswered, UseTool, Utter
from domain.receptionist.nlu import Understanding
from domain.receptionist.nlu.matching import find_named
from domain.receptionist.questions import (
    ask,
    screening_due,
    screening_question,
    service_named,
)
from domain.receptionist.state import Asked, Handing, State

# Who would like to see nobody in particular.
_ANYBODY = re.compile(
    r"\b(?:any(?:one|body)?|whoever|who ?ever|either|no preference|(?:not|no) matter"
    r"|doesn'?t matter|don'?t (?:mind|care)|no(?:body)?)\b",
    re.IGNORECASE,
)
# What may be corrected when it is read back.
CORRECTED = {Hears.CHOICE, Hears.NAME, Hears.PARTY}
# What is taken in the form in which it was understood, or not at all.
HEARD_WHOLE = {Hears.BIRTH_DATE, Hears.NAME, Hears.PARTY, Hears.PERSON, Hears.POSTCODE}
# What is never taken before it is asked for: it may be said of somebody else.
ASKED_ONLY = {Hears.ANSWER, Hears.BIRTH_DATE, Hears.PERSON}
_VERDICT = TypeAdapter(Verdict)


def next_step(state: State, said: Heard | ToolAnswered, briefing: Briefing) -> Decision | None:
    """Ask the next question, or have it decided; None if nothing stands before a booking."""
    screening = screening_due(state, briefing)
    if screening is None:
        return None
    if next_question(screening.questions, dict(state.frame.told)) is not None:
        asking = state.to(asked=Asked.SCREENING)
        return Decision(asking, (ask(asking, briefing, said.at),))
    service = service_named(briefing, state.frame.service_id)
    case = {
        "answers": dict(state.frame.told),
        "service": service.name if service else "",
        "caller": state.name or "",
    }
    deciding = state.to(waiting_for=screening.name)
    return Decision(deciding, (UseTool(screening.name, case),))


def learn(state: State, heard: Understanding, briefing: Briefing) -> State:
    """Keep what was said before it was asked for; what is said anew is decided anew."""
    told = dict(state.frame.told)
    for inquiry in (each for one in briefing.house.screenings for each in one.inquiries):
        key, value = inquiry.question.key, _volunteered(inquiry, heard, state)
        changes = state.asked is Asked.COMMIT and inquiry.hears in CORRECTED
        if value and (key not in told or changes):
            told[key] = value
    if told == dict(state.frame.told):
        return state
    return state.framed(told=tuple(told.items()), cleared=())


def step(state: State, heard: Understanding, briefing: Briefing) -> State | Decision | None:
    """The state with the answer kept; a question that is not answered twice ends the booking."""
    waiting = screening_question(state, briefing)
    assert waiting is not None
    question = waiting.question
    try:
        answer = accept(question, _answer(waiting, heard), briefing.profile.region)
    except InvalidInput:
        return _unanswered(state) if state.misunderstood else None
    if waiting.hears is Hears.NAME and answer:
        state = state.to(name=answer)
    if waiting.hears is Hears.STAFF:
        asked_for = next((each.id for each in briefing.staff if each.name == answer), None)
        state = state.framed(staff_id=asked_for)
    return state.framed(told=(*state.frame.told, (question.key, answer)))


def answered(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision | State:
    """Heed the verdict: the state in which the booking goes on, or what is done in its place."""
    if answer.error:
        return _unanswered(state, "tool_failed")
    verdict = _VERDICT.validate_python(answer.result["verdict"])
    state = state.to(priority=graver(state.priority, verdict.priority))
    if verdict.then is Then.GO_ON:
        return _cleared(state, answer.tool, verdict, briefing)
    said = words_of(answer)
    if verdict.then is Then.STOP:
        return Decision.done(state, *said)
    words = verdict.note or "; ".join(told for _, told in state.frame.told if told)
    handing = Handing(verdict.then is Then.PERSON, verdict.to)
    decision = hand_over(state, words, handing, answer, briefing)
    return replace(decision, moves=(*said, *decision.moves))


def words_of(answer: ToolAnswered) -> tuple[Quote, ...]:
    """What is said with a verdict."""
    said = answer.result.get("verdict", {}).get("say")
    return (Quote(said, f"screening:{answer.tool}"),) if said else ()


def _cleared(state: State, name: str, verdict: Verdict, briefing: Briefing) -> State:
    frame = state.frame
    named = {each.name: each.id for each in briefing.services}
    notes = [note for note in (frame.note, verdict.note) if note]
    state = state.framed(
        cleared=(*frame.cleared, name),
        note="\n".join(dict.fromkeys(notes)),
        visitor=verdict.visitor or frame.visitor,
        site=verdict.site or frame.site,
    )
    service = named.get(verdict.service, frame.service_id)
    return state if service == frame.service_id else state.framed(service_id=service, offers=())


def _unanswered(state: State, words: str = "cannot_book") -> Decision:
    given_up = state.to(goal=None, asked=Asked.OFFER_MESSAGE, waiting_for=None)
    return Decision(given_up, (Utter(words),))


def _answer(inquiry: Inquiry, heard: Understanding) -> str:
    """What was answered, in the form the question wants; "" where it was not said."""
    found = _found(inquiry, heard)
    if found or inquiry.hears in HEARD_WHOLE:
        return found
    if inquiry.hears is Hears.STAFF or not inquiry.question.required:
        return _declined(inquiry.question, heard)
    return answer_in(inquiry.question, heard)


def _declined(question: Question, heard: Understanding) -> str:
    """Nothing, if the caller does not mind; what was said otherwise, for it to be refused."""
    if _ANYBODY.search(heard.text):
        return ""
    return answer_in(question, heard) or heard.text


def _volunteered(inquiry: Inquiry, heard: Understanding, state: State) -> str:
    if inquiry.hears is Hears.NAME and state.name:
        return state.name
    return "" if inquiry.hears in ASKED_ONLY else _found(inquiry, heard)


def _found(inquiry: Inquiry, heard: Understanding) -> str:
    if inquiry.hears is Hears.CHOICE:
        chosen = find_named(heard.text, inquiry.question.choices)
        return (chosen.only or "") if chosen else ""
    read = _MENTIONS.get(inquiry.hears)
    return read(heard) if read else ""


def _birth_date(heard: Understanding) -> str:
    return heard.birth_date.first.isoformat() if heard.birth_date else ""


def _name(heard: Understanding) -> str:
    return heard.name.name if heard.name else ""


def _party(heard: Understanding) -> str:
    return str(heard.party.count) if heard.party else ""


def _postcode(heard: Understanding) -> str:
    return heard.postcode.code if heard.postcode else ""


def _staff(heard: Understanding) -> str:
    return (heard.staff.only or "") if heard.staff else ""


_MENTIONS: Mapping[Hears, Callable[[Understanding], str]] = {
    Hears.BIRTH_DATE: _birth_date,
    Hears.NAME: _name,
    Hears.PARTY: _party,
    Hears.PERSON: _name,
    Hears.POSTCODE: _postcode,
    Hears.STAFF: _staff,
}
