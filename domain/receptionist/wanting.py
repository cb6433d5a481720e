"""Whether a caller who is not being helped yet wants to come."""

from datetime import date

from domain.receptionist.briefing import Briefing
from domain.receptionist.moves import Quote, Utter
from domain.receptionist.nlu import Understanding
from domain.receptionist.nlu.wishes import wants_something, wants_visit


def wants_to_come(
    heard: Understanding, briefing: Briefing, answered: Utter | Quote | None, today: date
) -> bool:
    """Whether a visit is asked for: in so many words, or by a time where only that can be meant."""
    if wants_visit(heard.text):
        return True
    if answered is not None:
        return False
    if heard.service is not None and wants_something(heard.text):
        return True
    one_service = heard.service is not None or len(briefing.services) == 1
    return one_service and _is_to_come(heard, today)


def _is_to_come(heard: Understanding, today: date) -> bool:
    """Whether a moment is spoken of that is not over: "I called yesterday" is no wish to come."""
    moments = [moment for moment in heard.moments if not moment.rejected]
    return bool(moments) and all(m.day is None or m.day.last >= today for m in moments)
