"""Names of people: the caller's own, somebody else's, or the answer to "may I have your name?"."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from domain.receptionist.nlu.name_words import LEAD_INS, NOT_NAMES, RELATIONS
from domain.receptionist.nlu.spans import Span
from domain.receptionist.nlu.spelling import SpelledWord, find_spelled

_WORD = r"[^\W\d_]+(?:['\u2019\-][^\W\d_]+)*\.?"
_RUN = rf"(?P<name>{_WORD}(?:[ ]+{_WORD}){{0,3}})"
_TITLE = r"(?:(?:mr|mrs|ms|miss|mister|doctor|dr)\.? )?"


def _pattern(lead: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lead})[ :,\-]*{_TITLE}{_RUN}", re.IGNORECASE)


_OTHER = _pattern(
    rf"(?:my|our|his|her) (?P<relation>{'|'.join(RELATIONS)})(?:'s name is|,| is| named| called)?"
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
    _pattern(r"this is|it is|it's|its|i am|i'm|im|call me|speaking with|you're speaking to|name"),
)
_HERE = re.compile(
    rf"(?:^|\b(?:hi|hello|hey|morning|afternoon|evening)\b[ ,]*){_RUN}[ ,]+(?:here|speaking"
    rf"|calling)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"(?:\b(?:{LEAD_INS})\b[ ,.!:]*)*", re.IGNORECASE)
_ANSWER = re.compile(_RUN)
# A spelling as near as this to a heard word corrects it.
_SAME_WORD = 0.55


@dataclass(frozen=True)
class NameMention:
    """A person's name where it was said, capitalised; `relation` is set for "my son Ben"."""

    span: Span
    name: str
    relation: str | None = None
    spelled: bool = False


def find_name(text: str, *, asked: bool = False) -> NameMention | None:
    """The name in an utterance; `asked` says a bare answer may be a name."""
    heard = _introduced(text) or (_answered(text) if asked else None)
    spelled = find_spelled(text) if asked or heard else ()
    return _with_spelling(text, heard, spelled)


def _introduced(text: str) -> NameMention | None:
    for pattern in _NAMED[:2]:
        if found := _first(pattern, text):
            return found
    if found := _first(_OTHER, text):
        return found
    return _first(_NAMED[2], text) or _first(_HERE, text)


def _first(pattern: re.Pattern[str], text: str) -> NameMention | None:
    at = 0
    while match := pattern.search(text, at):
        if span := _name_span(match["name"], match.start("name")):
            relation = match.groupdict().get("relation")
            return NameMention(span, _capitalised(text[span.start : span.end]), relation)
        at = max(match.start("name"), match.start() + 1)
    return None


def _name_span(run: str, offset: int) -> Span | None:
    """Cut a run of words where the name ends: at the first ordinary word, or after three."""
    kept: list[re.Match[str]] = []
    for word in re.finditer(_WORD, run):
        letters = word.group().rstrip(".").replace("\u2019", "'").lower()
        if letters in NOT_NAMES or len(kept) == 3:
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


def _with_spelling(
    text: str, heard: NameMention | None, spelled: tuple[SpelledWord, ...]
) -> NameMention | None:
    if not spelled:
        return heard
    letters = _capitalised(spelled[0].letters)
    if heard is None or heard.span.overlaps(spelled[0].span):
        words = [_capitalised(word.letters) for word in spelled]
        return NameMention(spelled[0].span.to(spelled[-1].span), " ".join(words), spelled=True)
    words = heard.name.split()
    nearest = max(range(len(words)), key=lambda at: _likeness(words[at], letters))
    if _likeness(words[nearest], letters) < _SAME_WORD:
        return heard
    words[nearest] = letters
    span = heard.span.to(spelled[0].span)
    return NameMention(span, " ".join(words), heard.relation, spelled=True)


def _likeness(word: str, other: str) -> float:
    return SequenceMatcher(None, word.lower(), other.lower()).ratio()


def _capitalised(name: str) -> str:
    """Capitals where a recogniser wrote none; names with capitals of their own are left alone."""
    if name != name.lower():
        return name
    return re.sub(r"(?:^|[ '\u2019\-])[^\W\d_]", lambda match: match.group().upper(), name)
