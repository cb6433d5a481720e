"""What the business says: what it asks for, what it offers or reads back, and that it is done."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.receptionist.nlu.heard import hear
from domain.receptionist.nlu.matching import find_named, find_person, without_names
from domain.receptionist.nlu.times import resolve
from domain.receptionist.nlu.understanding import Context, Slot
from domain.receptionist.nlu.when import find_moments
from domain.receptionist.tracking.meaning import take_up
from domain.receptionist.tracking.wants import Proposal, Wants

_NOW = re.compile(r"\b(?:right )?now\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9])|\bbut\b", re.IGNORECASE)
_TITLES = re.compile(r"\b(Dr|Mr|Mrs|Ms|St|Jr|Sr|Inc|No)\.\s", re.IGNORECASE)
# "There is no appointment at five": what is named is not on offer.
_REFUSED = re.compile(
    r"\b(?:unfortunately|no (?:appointments?|openings?|viewings?|availability|slots?)|unable"
    r"|not available|unavailable|not able|(?:could|can|was|is|are|do|does|did)(?: ?not|n'?t)\b"
    r"|already (?:booked|taken|filled)|(?:fully|been) (?:booked up|filled|taken)|failed"
    r"|conflicting|no longer)\b",
    re.IGNORECASE,
)
# What was offered is gone, and not only something else that was asked about.
_GONE = re.compile(
    r"\b(?:no (?:appointments?|openings?|viewings?|availability|slots?|times?)|not available"
    r"|unavailable|(?:fully|already|been) (?:booked|taken|filled)|unable to (?:book|make|schedule)"
    r"|(?:could|can) ?(?:not|n'?t) (?:book|make|schedule)|conflicting|no longer)\b",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"\b(?:how about|what about|instead|would you like|(?:is|are) (?:there|available|free)"
    r"|available (?:at|on)|shall i|should i|can i (?:book|schedule|make)|may i suggest)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:is|are|has|have|was|been|it'?s|i'?ve|you'?re|i|get)"
    r"(?: now| all| been| have| just| already| successfully| succesfully| successfuly| made"
    r"| without error)*"
    r" (?:booked|confirmed|scheduled|reserved|made|successful|set|set up|done|complete[d]?"
    r"|finali[sz]ed)\b"
    r"|\b(?:all (?:set|done|booked|confirmed)|success(?:ful)?ly (?:booked|made|scheduled)"
    r"|booking (?:is )?(?:successful|complete)|booked)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|\b(?:please|kindly) (?:confirm|check|verify|comfirm)\b|\b(?:confirm|comfirm) (?:the|that)"
    r" |\b(?:is|are) (?:this|that|these|it|they) (?:all )?(?:correct|right|ok|okay)\b"
    r"|\bto confirm\b|\bconfirm me\b|\blet(?:'|s|'s| me| us)* (?:review|comfirm|confirm|check)\b"
    r"|^\s*(?:please )?confirm\b",
    re.IGNORECASE,
)
_OF_SOMEBODY_ELSE = re.compile(
    r"\b(?:doctor|dentist|stylist|salon|therapist|provider|apartment|property|company|building)"
    r"(?:'?s)? (?:name|would)\b|\bwhich (?:doctor|apartment|dentist|salon)\b",
    re.IGNORECASE,
)
# What is asked for; the first that fits is what the grammar should expect.
_ASKED = (
    (Slot.BIRTH_DATE, re.compile(r"\bdate of birth\b|\bborn\b|\bbirth ?da(?:y|te)\b", re.I)),
    (Slot.EMAIL, re.compile(r"\be-? ?mail\b", re.I)),
    (Slot.NAME, re.compile(r"\bnames?\b|\bwho am i (?:speaking|talking)\b|\bfor whom\b", re.I)),
    (
        Slot.PHONE,
        re.compile(
            r"\b(?:phone|telephone|mobile|cell|contact|call ?back) ?(?:number|no)?\b"
            r"|\bnumber (?:to|can|where)\b",
            re.I,
        ),
    ),
    (Slot.POSTCODE, re.compile(r"\bpost ?code\b|\bzip\b", re.I)),
    (Slot.TIME, re.compile(r"\btimes?\b|\bwhen\b|\bhour\b|\bo'?clock\b|\bhow early\b", re.I)),
    (Slot.DAY, re.compile(r"\b(?:day|date|week)\b", re.I)),
)


def said_by_business(wants: Wants, text: str, context: Context) -> Wants:
    """What is known after the business said something; a question ends what was settled."""
    text = text.strip()
    proposal = _proposal(text, context)
    if _is_done(text):
        return _done(wants, proposal, text, context)
    whole = proposal.is_whole or (bool(_ASKS.search(text)) and _completes(proposal, wants))
    return wants.to(
        proposal=proposal.over(_standing(wants, text)),
        last_staff=proposal.staff or wants.last_staff,
        asked=_asked(text),
        question=text,
        speaks=True,
        read_back=whole,
    )


def _done(wants: Wants, proposal: Proposal, text: str, context: Context) -> Wants:
    """What is booked is what was offered last, unless something else is named."""
    agreed = wants if wants.settled else take_up(wants, wants.proposal, context)
    booked = take_up(agreed, proposal, context)
    return booked.to(proposal=Proposal(), asked=None, question=text, speaks=True, settled=True)


def _standing(wants: Wants, text: str) -> Proposal:
    """What is still on offer: all of it, unless that it is gone is what was said."""
    if _GONE.search(text) or wants.settled:
        return Proposal(staff=wants.proposal.staff)
    return wants.proposal


def _completes(proposal: Proposal, wants: Wants) -> bool:
    """Whether only what the caller has just changed is read back of what was read back before."""
    return wants.read_back and not proposal.is_empty


def _is_done(text: str) -> bool:
    return bool(_DONE.search(text)) and not _ASKS.search(text.split(". ", maxsplit=1)[0])


def _asked(text: str) -> Slot | None:
    """What an answer is expected to hold."""
    not_theirs = {Slot.NAME} if _OF_SOMEBODY_ELSE.search(text) else set()
    found = (slot for slot, pattern in _ASKED if slot not in not_theirs and pattern.search(text))
    return next(found, None)


def _sentences(text: str) -> Iterator[str]:
    guarded = _TITLES.sub(lambda found: f"{found[1]} ", text)
    return (part for part in _SENTENCE.split(guarded) if part and part.strip())


def _proposal(text: str, context: Context) -> Proposal:
    """What is on offer; what is said to be gone is not, unless something is offered beside it."""
    found = Proposal()
    staff = find_person(text, context.staff, context.aliases, context.locations)
    for sentence in _sentences(without_names(text, staff)):
        if _REFUSED.search(sentence) and not _OFFERS.search(sentence):
            continue
        found = _moment(sentence, context).over(found)
    return _names(text, context, replace(found, staff=staff.only if staff else None))


def _moment(sentence: str, context: Context) -> Proposal:
    # "It is booked now" tells no time.
    heard = hear(_NOW.sub("", sentence))
    found = find_moments(heard, context.now, day_first=context.day_first)
    moments = [moment for moment in found if not moment.rejected]
    days = [moment.day.first for moment in moments if moment.day]
    times = [moment.at for moment in moments if moment.at]
    at = resolve(times[-1], context.opens, context.closes) if times else None
    return Proposal(day=days[-1] if days else None, at=at)


def _names(text: str, context: Context, found: Proposal) -> Proposal:
    service = find_named(text, context.services, context.aliases)
    place = find_named(text, context.locations, context.aliases)
    gone = bool(_REFUSED.search(text)) and not _OFFERS.search(text)
    return replace(
        found,
        staff=None if gone else found.staff,
        service=service.only if service else None,
        location=place.only if place else None,
    )
