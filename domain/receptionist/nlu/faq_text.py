"""Questions and entries as words: without politeness, and without what every entry says."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from domain.receptionist.nlu.faq_words import CONCEPTS, STOP_WORDS
from domain.receptionist.nlu.heard import fold

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_SUFFIXES = (
    "ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "ed", "es", "ly", "er",
    "s", "y", "e",
)  # fmt: skip
# What callers say before they ask; it means nothing, and an encoder would take it for a part.
_AROUND = re.compile(
    r"\b(?:u+h+|u+m+|h+m+|hh|oh|ok|okay|great|awesome|perfect|excellent|nice|got it"
    r"|thanks|thank you|sure|yeah|yes|all right|alright|well|that's fine"
    r"|(?:that )?(?:place )?sounds (?:really )*(?:good|great|nice)|first|actually|also|by the way"
    r"|finally|last question|one (?:more|last|final) (?:thing|question)|please|and"
    r"|(?:can|could) you (?:also |actually )?(?:check|tell me|confirm)(?: for me)?"
    r"(?: (?:if|whether|that|to see if))?|do you (?:happen to )?know (?:if|whether)"
    r"|do you have any information about|i(?:'d| would) like to know(?: (?:if|whether))?"
    r"|i'm wondering if|i need to (?:check|know) (?:if|whether)|tell me)\b"
)
# Where a question may begin, after a long way to it.
_OPENING = re.compile(
    r"\b(?:do|does|is|are|can|could|will|would|what|what's|how|where|when|which|if|whether|any"
    r"|about)\b"
)
_SHORTEST_TAIL = 4
# A word of so many of the entries is the name of the business, or says what it is.
_COMMON_SHARE, _COMMON_LEAST = 0.4, 3
_PLACES = frozenset({"restaurant", "hotel"})


def words(text: str) -> list[str]:
    """Lower-case words and numbers."""
    return _WORD.findall(fold(text))


def bare(question: str) -> str:
    """A question without what is said around it; all of it where nothing would be left."""
    return " ".join(words(_AROUND.sub(" ", fold(question)))) or fold(question)


def tail(question: str) -> str:
    """What is asked at last; all of a bare question that has one beginning."""
    whole = bare(question)
    starts = [opening.start() for opening in _OPENING.finditer(whole)]
    ends = [whole[at:] for at in starts if len(whole[at:].split()) >= _SHORTEST_TAIL]
    return ends[-1] if ends else whole


def without(text: str, ignored: frozenset[str]) -> str:
    """A text without some words; all of it where nothing would be left."""
    return " ".join(word for word in words(text) if word not in ignored) or fold(text)


def common_words(texts: Sequence[str]) -> frozenset[str]:
    """Words of so many entries that they tell none from another, such as the business's name."""
    seen = Counter(word for text in texts for word in set(words(text)))
    least = max(_COMMON_LEAST, _COMMON_SHARE * len(texts))
    often = {word for word, count in seen.items() if count >= least}
    return frozenset(word for word in often if not _says_something(word)) | _PLACES


def _says_something(word: str) -> bool:
    """Function words are left, or sentences would fall apart; topics are what is asked for."""
    return word in STOP_WORDS or any(pattern.search(word) for _, pattern in CONCEPTS)


def terms(text: str) -> list[str]:
    """Stems of the words that carry meaning, and the concepts they belong to."""
    return stems(text) + concepts(text)


def concepts(text: str) -> list[str]:
    """The topics of a text: `<parking>`."""
    folded = fold(text)
    return [concept for concept, pattern in CONCEPTS if pattern.search(folded)]


def stems(text: str) -> list[str]:
    """Words without endings; function words are dropped."""
    return [_stem(word) for word in words(text) if word not in STOP_WORDS]


def stems_of(names: Iterable[str]) -> frozenset[str]:
    """The stems of all of `names`."""
    return frozenset(stem for name in names for stem in stems(name))


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word.removesuffix(suffix)
    return word
