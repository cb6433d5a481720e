"""Understanding "stop", however it is said: keywords, misspellings, sentences, six languages.

Pure rules: the same words always mean the same. The seven words of US law count whatever their
case and marks; so does any other wording that tells a reasonable person the same.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from domain.outreach import optout_hunch as hunch
from domain.outreach import optout_languages as other
from domain.outreach import optout_words as english
from domain.plain import Place, Plain, plain


class Topic(StrEnum):
    """What messages are about."""

    EVERYTHING = "everything"
    MARKETING = "marketing"
    REMINDERS = "reminders"


class Way(StrEnum):
    """How somebody is reached."""

    CALLS = "calls"
    TEXTS = "texts"


@dataclass(frozen=True)
class Reach:
    """Which messages are meant, and by which ways they come; nothing named is everything."""

    topic: Topic = Topic.EVERYTHING
    ways: frozenset[Way] = frozenset(Way)


@dataclass(frozen=True)
class OptOut:
    """They want no more of it."""

    span: Place
    reach: Reach


@dataclass(frozen=True)
class OptIn:
    """They want it again."""

    span: Place
    reach: Reach


@dataclass(frozen=True)
class HelpAsked:
    """They ask who writes, and how to make it stop."""

    span: Place


Wish = OptOut | OptIn | HelpAsked | None

_SIGNS = re.compile(
    "[\N{OCTAGONAL SIGN}\N{NO ENTRY}\N{NO ENTRY SIGN}\N{BELL WITH CANCELLATION STROKE}]"
)
_SPELLED = re.compile(r"\b(?:\w ){2,}\w\b")
_REFUSING = re.compile(r"\b(?:not|never|stop|no longer)\b")
_CAPITALS = re.compile(r"(?<![A-Z'] )\bSTOP\b(?! (?:BY|SIGN))")
# The order, and a pause: "Stop, I'm driving".
_FIRST = re.compile(r"^\W*stop\s*[,.!;:–-]", re.IGNORECASE)
_LAST = re.compile(r"[,.!?;:]\s*(?:please\s+)?stop\W*$", re.IGNORECASE)
_UNLESS = re.compile(
    r"\b(?:if you (?:do )?not|unless you|until you) (?:stop|quit|remove|take me)\b"
)
_DISGUISED = re.compile(r"\$(?=top)", re.IGNORECASE)
_LETTERS = re.compile(r"(\w)\1+")
KEYWORDS = english.KEYWORDS | other.KEYWORDS
RESUMING = english.RESUMING | other.RESUMING
ASKING = english.ASKING | other.ASKING
# What stands alone and means one thing needs no second opinion.
CERTAIN = KEYWORDS | RESUMING | ASKING
BESIDE = english.BESIDE | other.BESIDE
# How many letters may be wrong in a word that stands alone.
MISTAKES = {"stop": 1, "revoke": 1, "optout": 1, "cancel": 1, "unsubscribe": 3, "stopall": 1}
SHORTEST_SLIP = 4


def _any(*many: tuple[str, ...]) -> re.Pattern[str]:
    phrases = (phrase for phrases in many for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")


_REFUSALS = _any(english.REFUSALS, other.REFUSALS)
_ORDER = _any(english.ORDER)
_DENIED = _any(english.DENIED, other.DENIED)
_RETURNS = _any(english.RETURNS, other.RETURNS)
_QUESTIONS = _any(english.QUESTIONS)
_TOPICS = {Topic(topic): _any((words,)) for topic, words in english.TOPICS.items()}
_CALLS, _TEXTS = _any((english.CALLS,)), _any((english.TEXTS,))


def find_wish(text: str) -> Wish:
    """What somebody who was written to wants of further messages; None if it is about others."""
    wish = by_rules(text)
    said = plain(text)
    if not said.text or _alone(said) in CERTAIN:
        return wish
    opinion = hunch.opinion(text, hunch.read(said, _name_of(wish)))
    if isinstance(wish, OptOut):
        return None if opinion.disbelieved else wish
    if isinstance(wish, OptIn) or not opinion.believed:
        return wish
    return OptOut((0, len(text)), reach(said))


def _name_of(wish: Wish) -> str | None:
    return None if wish is None else type(wish).__name__


def by_rules(text: str) -> Wish:
    """What the phrases alone say."""
    said = plain(_DISGUISED.sub("s", text))
    whole = 0, len(text)
    alone = _alone(said)
    if alone in RESUMING:
        return OptIn(whole, Reach())
    if alone in KEYWORDS or _slip(alone) or (_SIGNS.search(text) and not alone):
        return OptOut(whole, reach(said))
    if alone in ASKING:
        return HelpAsked(whole)
    return _sentence(text, said)


def reach(said: Plain) -> Reach:
    """What is meant, by what is named: "stop calling" leaves texts, "reminders" leaves the rest."""
    topics = [topic for topic, words in _TOPICS.items() if words.search(said.text)]
    calls, texts = bool(_CALLS.search(said.text)), bool(_TEXTS.search(said.text))
    topic = topics[0] if len(topics) == 1 else Topic.EVERYTHING
    # Whoever wants no texts wants no calls instead; who wants no calls may still be written to.
    return Reach(topic, frozenset({Way.CALLS}) if calls and not texts else frozenset(Way))


def _sentence(text: str, said: Plain) -> Wish:
    denied = _DENIED.search(said.text)
    back = _RETURNS.search(said.text)
    if back and not denied and not _REFUSING.search(said.text[: back.start()]):
        return OptIn(said.of(back), Reach())
    place = _refused(text, said, denied=bool(denied))
    if place is not None:
        return OptOut(place, reach(said))
    question = None if denied else _QUESTIONS.search(said.text)
    return HelpAsked(said.of(question)) if question else None


def _refused(text: str, said: Plain, *, denied: bool) -> Place | None:
    """Where a refusal stands; what denies one ("don't stop") does not undo a threat."""
    if threat := _UNLESS.search(said.text):
        return said.of(threat)
    if last := _LAST.search(text):
        return last.span()
    if denied:
        return None
    if found := _REFUSALS.search(said.text) or _ORDER.search(said.text):
        return said.of(found)
    loud = None if text.isupper() else _CAPITALS.search(text)
    shout = loud or _FIRST.search(text)
    return shout.span() if shout else None


def _alone(said: Plain) -> str:
    """The one word that is said besides courtesies; "" if there are more."""
    text = _SPELLED.sub(lambda letters: letters[0].replace(" ", ""), said.text)
    words = text.replace(".", " ").split()
    joined = "".join(words)
    if joined in KEYWORDS | RESUMING | ASKING:
        return joined
    left = [word for word in words if word not in BESIDE or word in KEYWORDS]
    if len(set(left)) == 1:
        return left[0]
    return "".join(left) if len(left) <= 2 else "."


@lru_cache(maxsize=512)
def _slip(word: str) -> bool:
    """Whether a word that stands alone is a keyword with a slip of the finger."""
    if len(word) < SHORTEST_SLIP or word in english.OTHER_WORDS:
        return False
    short = _LETTERS.sub(r"\1", word)
    if short in KEYWORDS:
        return True
    return any(
        distance(word, keyword) <= most or short == keyword for keyword, most in MISTAKES.items()
    )


def distance(word: str, other_word: str) -> int:
    """How many slips lie between two words: a letter more, less, wrong, or two swapped."""
    before: list[int] = []
    row = list(range(len(other_word) + 1))
    for i, letter in enumerate(word):
        before, last, row = row, before, [i + 1]
        for j, wanted in enumerate(other_word):
            best = min(before[j] + (letter != wanted), before[j + 1] + 1, row[j] + 1)
            swapped = i and j and letter == other_word[j - 1] and word[i - 1] == wanted
            row.append(min(best, last[j - 1] + 1) if swapped else best)
    return row[-1]
