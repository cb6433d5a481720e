"""What a conversation came to: summary, outcome and extracted fields, from its own record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.conversations import Findings
from domain.conversations.acts import Disposition
from domain.conversations.models import Outcome
from domain.receptionist import speaking
from domain.receptionist.state import Goal, State
from domain.texts import Catalogue

# What an event is worth as an outcome, the most valuable first.
WORTH = (
    ("appointment.booked", Outcome.BOOKED),
    ("appointment.rescheduled", Outcome.RESCHEDULED),
    ("appointment.cancelled", Outcome.CANCELLED),
    ("message.left", Outcome.MESSAGE),
)
LONGEST_QUOTE = 300


@dataclass(frozen=True)
class Booked:
    """A visit that the conversation booked or moved; `starts_at` is local."""

    service: str
    starts_at: datetime


@dataclass(frozen=True)
class Material:
    """Everything a summary is made of."""

    state: State
    disposition: Disposition
    caller: str
    """Name or number, or "" when neither is known."""
    questions: Sequence[str] = ()
    visits: Sequence[Booked] = ()
    messages: Sequence[str] = ()


def find(material: Material, texts: Catalogue) -> Findings:
    """Sum a conversation up; the same material always gives the same words."""
    outcome = _outcome(material)
    return Findings(
        summary=_summary(material, outcome, texts),
        outcome=outcome,
        success=outcome is not Outcome.NOTHING,
        extracted=_extracted(material),
    )


def outcome_of(state: State, disposition: Disposition, *, told: bool) -> Outcome:
    """What a conversation led to, from its last mind; `told` says a question was answered."""
    asked = ("",) if told else ()
    return _outcome(Material(state, disposition, "", questions=asked))


def answers(steps: Sequence[dict[str, Any]]) -> bool:
    """Whether a reply answered a question from the business's own words."""
    kinds = [
        (move["kind"], move.get("key"))
        for step in steps
        if step["event"]["kind"] == "Heard"
        for move in step["moves"]
    ]
    told = {"hours", "open_on", "closed_on", "price"}
    return any(kind == "Quote" or key in told for kind, key in kinds)


def is_lead(material: Material) -> bool:
    """Whether somebody wanted to come and has no visit, or has told what the business asks."""
    unfinished = Goal.BOOK in material.state.tried and not material.visits
    return unfinished or bool(material.state.answers)


def _outcome(material: Material) -> Outcome:
    if material.state.priority == "emergency":
        return Outcome.EMERGENCY
    for event, outcome in WORTH:
        if event in material.state.effects:
            return outcome
    if material.disposition in (Disposition.TRANSFERRED, Disposition.FORWARDED):
        return Outcome.TRANSFERRED
    if is_lead(material):
        return Outcome.LEAD
    return Outcome.ANSWERED if material.questions else Outcome.NOTHING


def _summary(material: Material, outcome: Outcome, texts: Catalogue) -> str:
    caller = material.caller or texts.say("summary_somebody")
    key = "left_message" if outcome is Outcome.MESSAGE else outcome.value
    lines = [texts.say(f"summary_{key}", caller=caller)]
    if "waitlist.joined" in material.state.effects:
        lines.append(texts.say("summary_waiting"))
    for visit in material.visits:
        day = speaking.date_named(visit.starts_at.date())
        hour = speaking.clock(visit.starts_at.time())
        lines.append(texts.say("summary_visit", service=visit.service, day=day, time=hour))
    lines += [texts.say("summary_message", message=_cut(words)) for words in material.messages]
    if material.questions:
        asked = "; ".join(_cut(question).rstrip(".") for question in material.questions)
        lines.append(texts.say("summary_questions", questions=asked))
    return " ".join(lines)


def _extracted(material: Material) -> dict[str, Any]:
    return {
        "name": material.state.name,
        "phone": material.state.phone,
        "goals": [goal.value for goal in material.state.tried],
        "effects": list(material.state.effects),
        "visits": [
            {"service": visit.service, "starts_at": visit.starts_at.isoformat()}
            for visit in material.visits
        ],
        "messages": list(material.messages),
        "questions": list(material.questions),
        "answers": {one.question: one.answer for one in material.state.answers},
    }


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1]}…"
