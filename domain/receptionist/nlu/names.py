"""Names of people: the caller's own, somebody else's, or the answer to "may I have your name?"."""

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from domain.receptionist.nlu.name_words import LEAD_INS, NOT_NAMES, RELATIONS
from domain.receptionist.nlu.spans import Span
from domain.receptionist.nlu.spelling import SpelledWord, find_spelled
from domain.receptionist.nlu.vocabulary import is_code, is_given_name, is_ordinary, may_be_name

_WORD = r"[^\W\d_]+(?:['\u2019\-][^\W\d_]+)*\.?"
_RUN = rf"(?P<name>{_WORD}(?:[ ]+{_WORD}){{0,3}})"
_TITLE = r"(?:(?:mr|mrs|ms|miss|mister|doctor|dr)\.? )?"


def _pattern(lead: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lead})(?![^\W_])[ :,\-]*{_TITLE}{_RUN}", re.IGNORECASE)


_OTHER = _pattern(
    rf"(?:my|our|his|her|for|a|another) (?P<relation>{'|'.join(RELATIONS)})"
    r"(?:'s name is|,| is| named| called)?"
)
_NAMED = (
    _pattern(
        r"(?:my|the|full|first|last|sur) ?(?:full |first |last |sur)?names?(?:'?s| is| was"
        r"| would be)?(?: going to be)?"
    ),
    _pattern(
        r"name(?:'s| is|:)|in the name(?: of)?|on the name(?: of)?"
        r"|under(?: the)?(?: name)?(?: of)?|on behalf of|(?:booking|reservation|appointment"
        r"|table|room)(?: is)? for"
    ),
    _pattern(
        r"this is|it is|it's|its|i am|i'm|im|iam|my ?self|call me|speaking with"
        r"|you're speaking to|name"
    ),
)
_MY_NAME = re.compile(rf"(?:^|[.,!] ?){_RUN} is my (?:\w+ )?name\b", re.IGNORECASE)
_HERE = re.compile(
    rf"(?:^|\b(?:hi|hello|hey|morning|afternoon|evening)\b[ ,]*){_RUN}[ ,]+(?:here|speaking"
    rf"|calling)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"(?:\b(?:{LEAD_INS})\b[ ,.!:]*)*", re.IGNORECASE)
_ANSWER = re.compile(_RUN)
_ALONE = re.compile(rf"\s*{_RUN}", re.IGNORECASE)
# "rock 8523": a name with the four digits that were asked for beside it.
_BEFORE_DIGITS = re.compile(r"\s*(?P<name>[^\W\d_]{3,}) \d{4}\s*")
_LABELS = NOT_NAMES | frozenset(
    """
    account apt box card claim code confirmation digits extension flight gate highway id last model
    order pin policy route security social ssn suite ticket unit year zip its
    """.split()  # noqa: SIM905
)
_PLACE = re.compile(r"^\s*[^\W\d_]+(?: [^\W\d_]+)? [a-z]{2} \d{5}\b", re.IGNORECASE)
_BESIDE = frozenset(
    ["and", "ssn", "mobile", "phone", "number", "no", "address", "email", "contact", "cell", "ph"]
)
# A spelling as near as this to a heard word corrects it.
_SAME_WORD = 0.55
# Letters of the shortest part of a name, and of what is rather two names than one.
_SHORTEST, _TWO_NAMES = 3, 11


@dataclass(frozen=True)
class NameMention:
    """A person's name where it was said, capitalised; `relation` is set for "my son Ben"."""

    span: Span
    name: str
    relation: str | None = None
    spelled: bool = False
    own: bool = False
    """Whether it was introduced by words that only go with one's own name."""


def find_name(text: str, *, asked: bool = False, unprompted: bool = False) -> NameMention | None:
    """The name in an utterance; `asked` says a bare answer may be a name.

    `unprompted` says that nobody knows what was asked: only what can hardly be anything else is a
    name then.
    """
    heard = _introduced(text) or (_answered(text) if asked else None)
    if heard is None and unprompted:
        return _standing_alone(text)
    spelled = find_spelled(text) if asked or heard else ()
    return _with_spelling(text, heard, spelled)


def _introduced(text: str) -> NameMention | None:
    if found := _first(_NAMED[0], text):
        return replace(found, own=True)
    if found := _first(_OTHER, text, doubtful=True) or _first(_NAMED[1], text, doubtful=True):
        return found
    if found := _first(_NAMED[2], text, doubtful=True):
        return replace(found, own=True)
    return _first(_MY_NAME, text) or _first(_HERE, text, doubtful=True)


def _first(pattern: re.Pattern[str], text: str, *, doubtful: bool = False) -> NameMention | None:
    at = 0
    while match := pattern.search(text, at):
        if span := _name_span(match["name"], match.start("name"), doubtful=doubtful):
            relation = match.groupdict().get("relation")
            return NameMention(span, _capitalised(text[span.start : span.end]), relation)
        at = max(match.start("name"), match.start() + 1)
    return None


def _name_span(run: str, offset: int, *, doubtful: bool = False) -> Span | None:
    """Cut a run of words where the name ends: at the first ordinary word, or after three.

    After "it's" or "I'm" most words are no names (`doubtful`): a word of the language is one only
    with a capital, or beside another name.
    """
    kept: list[re.Match[str]] = []
    for word in re.finditer(_WORD, run):
        letters = word.group().rstrip(".").replace("\u2019", "'").lower()
        if letters in NOT_NAMES or len(kept) == 3 or (kept and is_code(letters)):
            break
        if doubtful and word.group()[0].islower() and is_ordinary(letters):
            break
        kept.append(word)
        if word.group().endswith(".") and len(letters) > 1:
            break
    if not kept or all(len(word.group()) == 1 for word in kept):
        return None
    end = offset + kept[-1].end() - kept[-1].group().endswith(".")
    return Span(offset + kept[0].start(), end)


def _answered(text: str) -> NameMention | None:
    """A bare answer: what is left after "sure, it's", if it looks like nothing else."""
    start = _LEADING.match(text)
    offset = start.end() if start else 0
    match = _ANSWER.match(text, offset)
    span = _name_span(match["name"], offset) if match else None
    return NameMention(span, _capitalised(text[span.start : span.end])) if span else None


def _standing_alone(text: str) -> NameMention | None:
    """A line that is nothing but a name, or a name before a number or a code: "nisha 6382"."""
    match = _BEFORE_DIGITS.fullmatch(text) or _ALONE.match(text)
    if match is None or _PLACE.search(text):
        return None
    if match.re is _BEFORE_DIGITS and match["name"].lower() not in _LABELS:
        span = Span(match.start("name"), match.end("name"))
        return NameMention(span, _capitalised(match["name"]))
    words = match["name"].split()
    while words and not may_be_name(words[-1].lower()):
        words.pop()
    if not words or not all(map(_is_part_of_name, words)) or not may_be_name(words[0].lower()):
        return None
    rest = text[match.start("name") + len(" ".join(words)) :].split()
    if rest and not _is_beside_name(rest[0].lower()):
        return None
    start = match.start("name")
    span = Span(start, start + len(" ".join(words)))
    return NameMention(span, _capitalised(text[span.start : span.end]))


def _is_part_of_name(word: str) -> bool:
    return len(word) == 1 or may_be_name(word.lower())


def _is_beside_name(word: str) -> bool:
    """Whether a word follows a name in a list of what is asked for: numbers, codes, their names."""
    return word[0].isdigit() or len(word) == 1 or is_code(word) or word in _BESIDE


def _with_spelling(
    text: str, heard: NameMention | None, spelled: tuple[SpelledWord, ...]
) -> NameMention | None:
    if not spelled:
        return heard
    letters = _capitalised(spelled[0].letters)
    if heard is None or heard.span.overlaps(spelled[0].span):
        words = [_capitalised(part) for word in spelled for part in _parts(word.letters)]
        return NameMention(spelled[0].span.to(spelled[-1].span), " ".join(words), spelled=True)
    words = heard.name.split()
    nearest = max(range(len(words)), key=lambda at: _likeness(words[at], letters))
    if _likeness(words[nearest], letters) < _SAME_WORD:
        return heard
    words[nearest] = letters
    span = heard.span.to(spelled[0].span)
    return NameMention(span, " ".join(words), heard.relation, spelled=True)


def _parts(letters: str) -> tuple[str, ...]:
    """First and last name, where both were spelled in one breath: "gailsimmons"."""
    if is_given_name(letters):
        return (letters,)
    for cut in range(len(letters) - _SHORTEST, _SHORTEST - 1, -1):
        first, last = letters[:cut], letters[cut:]
        if is_given_name(first) and (is_given_name(last) or len(letters) >= _TWO_NAMES):
            return first, last
    return (letters,)


def _likeness(word: str, other: str) -> float:
    return SequenceMatcher(None, word.lower(), other.lower()).ratio()


def _capitalised(name: str) -> str:
    """Capitals where a recogniser wrote none; names with capitals of their own are left alone."""
    if name != name.lower():
        return name
    return re.sub(r"(?:^|[ '\u2019\-])[^\W\d_]", lambda match: match.group().upper(), name)
