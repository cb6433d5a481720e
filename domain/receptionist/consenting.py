"""Telling callers that they are recorded, asking for a yes where it needs one, heeding a no (L04).

Decided by rules alone, before anything else that was said is answered, and at any moment.
"""

from dataclasses import dataclass

from domain.consent.terms import Manner, Outcome
from domain.receptionist import answering
from domain.receptionist.briefing import Briefing
from domain.receptionist.moves import Announced, Decision, Event, Move, Opened, Utter
from domain.receptionist.nlu.agreement import (
    answer_about_recording,
    is_whole_answer,
    refuses_recording,
)
from domain.receptionist.nlu.confirmation import Answer
from domain.receptionist.state import Asked, State

_OUTCOMES = {Answer.YES: Outcome.GRANTED, Answer.NO: Outcome.DECLINED}


@dataclass(frozen=True)
class Settled:
    """What an utterance means for the recording: the state after, and what to say about it."""

    state: State
    moves: tuple[Move, ...] = ()
    is_all: bool = False
    """Whether nothing else was said."""


def begin(state: State, event: Opened | Announced, briefing: Briefing) -> Decision:
    """The conversation begins, or what must be said first has been heard."""
    if isinstance(event, Opened):
        return _open(state, briefing)
    return Decision(_announced(state, briefing))


def _open(state: State, briefing: Briefing) -> Decision:
    """Say who speaks, that it is no person, and what is kept, before any other word."""
    consent = briefing.consent
    first = Utter(consent.announcement, {"business": briefing.profile.name})
    clinical = (Utter("clinical_notice"),) if consent.clinical else ()
    if consent.asks:
        # The rest waits for the answer.
        question = Utter(consent.question)
        return Decision(state.to(asked=Asked.CONSENT), (first, *clinical, question))
    if consent.before.transcribe:
        state = state.to(consent=Outcome.GRANTED)
    return Decision(state, (first, *clinical, *_welcome(briefing)))


def _announced(state: State, briefing: Briefing) -> State:
    """The caller has heard the announcement and is still there."""
    if briefing.consent.asks or state.consent is not None:
        return state
    return state.to(consent=Outcome.GRANTED)


def silent(state: State, briefing: Briefing) -> Decision | None:
    """No answer is no yes; None if none was asked for."""
    if state.asked is not Asked.CONSENT:
        return None
    refused = state.to(consent=Outcome.UNCLEAR, asked=Asked.HELP)
    return Decision(refused, (not_recorded(briefing), *_welcome(briefing)))


def hear(state: State, text: str, briefing: Briefing) -> Settled:
    """What an utterance means for the recording, asked for or not."""
    if state.asked is Asked.CONSENT:
        return _answered(state, text, briefing)
    if not refuses_recording(text):
        return Settled(state)
    kept = state.consent is None or state.consent.agrees
    after = state.to(consent=Outcome.WITHDRAWN) if kept else state
    return Settled(after, (not_recorded(briefing),))


def may_keep(state: State, briefing: Briefing) -> bool | None:
    """Whether what is said may be written down; None while nobody knows."""
    if state.consent is not None:
        return briefing.consent.after(state.consent).transcribe
    return True if briefing.consent.before.transcribe else None


def manner_of(outcome: Outcome, event: Event, briefing: Briefing) -> Manner:
    """How the caller showed what they want, by what they answered to."""
    if isinstance(event, Announced | Opened):
        return briefing.consent.manner
    return Manner.NO_ANSWER if outcome is Outcome.UNCLEAR else Manner.EXPRESS


def not_recorded(briefing: Briefing) -> Utter:
    """What somebody hears who does not agree: what is kept all the same, if anything."""
    words_are_kept = briefing.consent.declined.transcribe
    return Utter("not_recorded_but_transcribed" if words_are_kept else "not_recorded")


def _answered(state: State, text: str, briefing: Briefing) -> Settled:
    answer = answer_about_recording(text)
    if answer is Answer.REPEAT:
        return Settled(state, (Utter(briefing.consent.question),), is_all=True)
    outcome = _OUTCOMES.get(answer, Outcome.UNCLEAR)
    after = state.to(consent=outcome, asked=Asked.HELP)
    said = Utter("thank_you") if outcome.agrees else not_recorded(briefing)
    if is_whole_answer(text):
        return Settled(after, (said, *_welcome(briefing)), is_all=True)
    return Settled(after, (said,))


def _welcome(briefing: Briefing) -> tuple[Move, ...]:
    greeting = briefing.profile.rules.greeting
    own = (answering.own_words(greeting, "greeting"),) if greeting else ()
    return (*own, Utter("how_can_i_help"))
