"""Rules of a trade, which plugins bring as values: what to heed, what to ask before a booking.

They are part of the briefing and applied by the core alone, so that a call can be decided again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.appointments.sites import Site
from domain.appointments.visitors import Visitor
from domain.business.profile import Question
from domain.business.questions import check_questions
from domain.messages.models import Priority
from domain.plain import plain
from domain.receptionist.nlu import Understanding
from domain.receptionist.nlu.emergencies import Danger

Words = Sequence[str]
# What turns what follows into its opposite: "there is no smoke", "it is not really leaking".
_DENIALS = frozenset({"no", "not", "never", "without", "cannot"})
_BETWEEN = frozenset({"a", "actually", "any", "more", "really", "the"})


class Then(StrEnum):
    """What is done next."""

    GO_ON = "go_on"
    """What the caller wanted, all the same."""
    MESSAGE = "message"
    """The team is told, and nothing is booked now."""
    PERSON = "person"
    """The team is told, and whoever is named is put on the line, if they can be reached."""
    STOP = "stop"
    """Nothing: it is only said why."""


@dataclass(frozen=True)
class TriageRule:
    """What is done at once when a caller says something, whatever else is going on.

    A danger to life comes before any rule; a rule comes before everything else.
    """

    name: str
    then: Then
    say: str
    """In the words of the trade: what to do, or what cannot be done here."""
    said: tuple[tuple[str, ...], ...] = ()
    """Groups of phrases in plain small letters; of each group one has to be said. `leak*` is
    any word that begins so."""
    dangers: frozenset[Danger] = frozenset()
    """Kinds of emergency which the core knows and to which this is the answer."""
    unless: tuple[str, ...] = ()
    """Phrases with which it is something else: "last year", "a quote for"."""
    to: str = ""
    """Whom to put through to: the label, or another name, of a telephone; empty is whoever can
    be reached first."""
    priority: Priority = Priority.HIGH

    def hears(self, heard: Understanding) -> bool:
        """Whether this is what was said."""
        words = plain(heard.text).text.split()
        if any(True for phrase in self.unless for _ in _places(phrase, words)):
            return False
        if heard.emergency is not None and heard.emergency.kind in self.dangers:
            return True
        return bool(self.said) and all(_affirmed(group, words) for group in self.said)

    def check(self) -> None:
        """Raise `TypeError` unless it can ever apply."""
        phrases = [phrase for group in (*self.said, self.unless) for phrase in group]
        for phrase in phrases:
            bare = phrase.replace("*", "")
            if not bare or plain(bare).text != bare:
                raise TypeError(f"{self.name}: nobody says {phrase!r}: write {plain(bare).text!r}")
        if not (self.say and (self.said or self.dangers) and all(self.said)):
            raise TypeError(f"{self.name} needs something that is heard, and something to say")


class Hears(StrEnum):
    """From what an answer is taken, even if it is said before it is asked for."""

    ANSWER = "answer"
    """From the answer to the question alone."""
    BIRTH_DATE = "birth_date"
    CHOICE = "choice"
    NAME = "name"
    """The caller's own."""
    PARTY = "party"
    """How many people come."""
    PERSON = "person"
    """Somebody's name, from the answer to the question alone: it is not taken for the caller's."""
    POSTCODE = "postcode"
    STAFF = "staff"
    """Whom the caller asks for; who does not mind answers an optional question with nothing."""


@dataclass(frozen=True)
class Inquiry:
    """Something to be known before a booking."""

    question: Question
    hears: Hears = Hears.ANSWER


@dataclass(frozen=True)
class Screening:
    """What has to be known, and decided, before times are looked for."""

    name: str
    """`<plugin>.<screening>`."""
    inquiries: tuple[Inquiry, ...] = ()
    services: tuple[str, ...] = ()
    """For which services, by name; empty for all."""
    decides_service: bool = False
    """Whether it is asked before it is known what for: its verdict names the service."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked."""
        return tuple(each.question for each in self.inquiries)

    def concerns(self, service: str | None) -> bool:
        """Whether it comes before a booking of this service."""
        if service is None:
            return self.decides_service
        return not self.services or service in self.services

    def check(self) -> None:
        """Raise `InvalidInput` unless its questions can be asked."""
        check_questions(self.questions)


@dataclass(frozen=True)
class Case:
    """What is known when a screening decides."""

    answers: Mapping[str, str]
    service: str
    """Its name; empty while it is not known."""
    caller: str
    """The caller's name; empty while it is not known."""


@dataclass(frozen=True)
class Verdict:
    """What a screening decides."""

    then: Then = Then.GO_ON
    say: str = ""
    note: str = ""
    """Noted with the visit; where nothing is booked, the words of the message to the team."""
    to: str = ""
    priority: Priority = Priority.NORMAL
    service: str = ""
    """Another service than was asked for, by name."""
    visitor: Visitor | None = None
    """Who comes, where that has to be known of the visit."""
    site: Site | None = None
    """Where to, for those who come to their customers."""


@dataclass(frozen=True)
class HouseRules:
    """The rules of all trades that a business has switched on."""

    triage: tuple[TriageRule, ...] = ()
    screenings: tuple[Screening, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other names of services, as callers of the trade use them."""
    birth_dates: bool = False
    """Whether visits are told and changed only for who says the date of birth, too."""

    def screening(self, name: str) -> Screening | None:
        """What is decided before a booking, by name."""
        return next((each for each in self.screenings if each.name == name), None)


NO_RULES = HouseRules()


def _affirmed(phrases: tuple[str, ...], words: Words) -> bool:
    """Whether one of them is said, and not that it is not so."""
    return any(not _denied(words, at) for phrase in phrases for at in _places(phrase, words))


def _places(phrase: str, words: Words) -> Iterator[int]:
    """Where a phrase begins."""
    wanted = phrase.split()
    for at in range(len(words) - len(wanted) + 1):
        if all(map(_is, words[at:], wanted)):
            yield at


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _denied(words: Words, at: int) -> bool:
    before = list(words[max(0, at - 2) : at])
    while before and before[-1] in _BETWEEN:
        before.pop()
    return bool(before) and before[-1] in _DENIALS
