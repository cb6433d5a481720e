"""What the law says of refusals, as dated rows, and what follows from it. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.outreach.optout import Reach, Topic

# 47 CFR 64.1200(a)(12): one message to confirm, within five minutes, without marketing.
CONFIRM_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True)
class LegalFact:
    """Something that a rule says from one day to another."""

    rule_id: str
    jurisdiction: str
    effective_from: date
    effective_to: date | None
    value: str
    source_url: str
    needs_counsel: bool


# What one "stop" reaches: the topic that was answered, or everything from the same sender.
REVOCATION = (
    LegalFact(
        "tcpa.revocation_scope",
        "US",
        date(2025, 4, 11),
        date(2027, 1, 31),
        "topic",
        "https://docs.fcc.gov/public/attachments/DA-26-12A1.pdf",
        needs_counsel=True,
    ),
    LegalFact(
        "tcpa.revocation_scope",
        "US",
        date(2027, 1, 31),
        None,
        "everything",
        "https://www.ecfr.gov/current/title-47/section-64.1200",
        needs_counsel=True,
    ),
)


def revokes_everything(on: date, *, by_topic: bool) -> bool:
    """Whether a "stop" ends everything on a day; `by_topic` is a business that asks for less.

    The stricter reading is what everybody gets who does not ask.
    """
    fact = next((f for f in REVOCATION if _holds(f, on)), REVOCATION[-1])
    return not by_topic or fact.value == "everything"


def reaches(reach: Reach, answered: Topic, on: date, *, by_topic: bool) -> Reach:
    """What a refusal ends, given what the message was about that it answers."""
    if revokes_everything(on, by_topic=by_topic):
        return Reach(Topic.EVERYTHING, reach.ways)
    return Reach(answered if reach.topic is Topic.EVERYTHING else reach.topic, reach.ways)


def _holds(fact: LegalFact, on: date) -> bool:
    return fact.effective_from <= on and (fact.effective_to is None or on < fact.effective_to)
