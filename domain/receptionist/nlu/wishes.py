"""Wishes in so many words: "I need to make an appointment" is one, whatever else was said."""

import re

from domain.receptionist.nlu.heard import hear

_VISIT = (
    r"(?:appointment|apppointment|appointement|appoint|appt|reservation|booking|visit|viewing|tour"
    r"|check ?-? ?up|consultation)"
)
_BOOKS = re.compile(
    rf"\b(?:make|book|schedule|set up|arrange|get|fix|reserve|need|want|like|have)"
    rf" (?:me |us |in )?(?:for |to (?:make|book|schedule|set up|arrange|get|have) )?"
    rf"(?:an? |the |my |another |that |this )?(?:\w+ ){{0,2}}{_VISIT}\b"
    r"|\b(?:want|need|like|wish|love) to (?:visit|see|view|book|schedule|come (?:in|by)"
    r"|be seen)\b|\b(?:schedule|book) (?:it|that|one|me|a time)\b|\bget me (?:in|with)\b"
    r"|\b(?:search for|looking for|find(?: me)?|in need of) (?:an? |another )?(?:\w+ ){0,2}"
    r"(?:doctor|dentist|therapist|stylist|salon|hair ?dresser|barber|specialist|psychologist"
    r"|psychiatrist|practitioner|apartment)\b"
)
_WANTS = re.compile(
    r"\b(?:i|we|he|she|they)(?:'d| would)? (?:really |just |also )?(?:want|wants|need|needs|like)\b"
    r"|\b(?:can|could|may) (?:i|we) (?:get|have|book|schedule)\b|\blooking for\b|\bbook\b"
    r"|\bget me\b"
)
# A visit that there is already, or that is not wanted.
_NOT_NEW = re.compile(
    r"\b(?:cancel\w*|call off|reschedul\w*|postpone\w*|move my|change my|confirm my|check my"
    r"|have (?:an?|my) (?:\w+ )?(?:appointment|reservation|booking)"
    r"|(?:don't|do not|not) (?:want|need|like)|already (?:have|booked|made)|how (?:do|can|would) i"
    r"|message)\b"
)


def wants_visit(text: str) -> bool:
    """Whether a new visit is asked for in words that can mean nothing else."""
    said = hear(text).text
    return bool(_BOOKS.search(said)) and not _NOT_NEW.search(said)


def wants_something(text: str) -> bool:
    """Whether what is named in the text is wanted: "I'd like a cleaning"."""
    said = hear(text).text
    return bool(_WANTS.search(said)) and not _NOT_NEW.search(said)
