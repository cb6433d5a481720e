"""Numbers as they are read out and as recognisers write them down: every way they can be taken.

"four to for ate", "double four", "quarenta e dois", "40 2", "no sorry, four five": one stretch of
speech has several readings, and it holds a card if any of them does.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from domain.plain import words_of
from domain.privacy.digits import SMALL, TENS, ZEROS, Group, Run
from domain.privacy.spoken_digits import HOMOPHONES, LANGUAGES, REPEATS

_ENGLISH = (
    SMALL | TENS | ZEROS
    | {f"{ten} {unit}": TENS[ten] + SMALL[unit] for ten in TENS for unit in list(SMALL)[1:10]}
)  # fmt: skip
_HUNDREDS = {"hundred": "00", "thousand": "000"}
# Words that are numbers in one language and something else in English.
_DOUBTFUL = frozenset(["once", "due", "um", "six", "on", "set", "un", "as", "sei"])
# Small words by which a language is known too.
_HINTS = {
    "es": frozenset(["el", "mi", "es", "de", "seguridad", "tarjeta", "numero", "la", "codigo"]),
    "fr": frozenset(
        ["le", "la", "mon", "ma", "est", "carte", "code", "de", "securite", "numero", "c"]
    ),
    "de": frozenset(
        ["die", "der", "meine", "ist", "karte", "kartennummer", "prufnummer", "sicherheitscode"]
    ),
    "pt": frozenset(["o", "meu", "e", "do", "cartao", "codigo", "seguranca", "numero", "de"]),
    "it": frozenset(
        ["il", "la", "mia", "e", "codice", "carta", "numero", "di", "sicurezza", "della"]
    ),
}
# A hint is worth half a number word, and so is a number word that may be English.
HALF, ENOUGH = 0.5, 1.0
LONGEST_NUMBER = 4
FILLERS = words_of(
    """
    ah and are comma dash digits dot er erm hmm hyphen is it its s mm next numbers number ok
    okay ones point right slash so space that thats the then uh um well yeah yes let me see
    hang on hold wait sorry oops second please i you know like mhm uhhuh huh got ready
    continue again mean have has here ll go was my a an last first group set part y e et und
    con da de la le el los el die der das dann et puis despues luego sigue alors euh eh este
    pues ahm poi e allora depois entao ja bien bon bene gut perdon pardon scusi moment
    momento un une attends espere with of starting starts begins ends ending in by followed
    gonna read
    """
)
# After these, what was said before is said anew.
RESTARTS = words_of(
    """
    sorry no wait oops correction scratch again start over mean actually restart rather
    perdon pardon nein falsch non nao scusi
    """
)
_TOKEN = re.compile(r"\d+|[a-z]+|[^\sa-z\d]")
_COUNTED = re.compile(
    r"\b(?:last|next|first|ultimos|proximos|primeros)\s+(?:four|six|three|4|6|3|cuatro|seis)"
    r"(?=\s+(?:digits|numbers|ones|are|is)\b|\s*[:,])"
    r"|\b(?:three|four|3|4)[\s-]+digits?\b"
)
_BREAKS = frozenset(":%$€£=+")
# Beyond these a stretch is no card, and every way of taking it would cost time.
MOST_DOUBTS, MOST_RESTARTS, MOST_WORDS = 6, 4, 80


@dataclass(frozen=True)
class Word:
    """One word of a stretch: the digits it tells, in each way it can be taken."""

    text: str
    digits: str
    start: int
    end: int
    doubtful: bool = False
    """Whether it may as well be no number: "to", "for"."""
    anew: bool = False
    """Whether a restart was announced before it."""


@dataclass(frozen=True)
class Stretch:
    """Words that tell digits, with nothing but fillers between them."""

    words: tuple[Word, ...]
    parts: tuple[Word, ...]
    """The same, every number word by itself."""

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.words[-1].end

    @cached_property
    def readings(self) -> tuple[Run, ...]:
        """The ways in which it can be taken, the likeliest first."""
        if len(self.words) > MOST_WORDS:
            return (_run(list(self.words)),)
        ways = [*_doubts(self.words), _merged(self.words), *_doubts(self.parts), *_anew(self.words)]
        runs = (_run(way) for way in ways if way)
        return tuple(dict.fromkeys(runs))


def stretches(text: str) -> list[Stretch]:
    """Every stretch of numbers in a text, whatever its language."""
    folded = fold(text)
    folded = _COUNTED.sub(lambda count: "," * len(count[0]), folded)
    tokens = list(_TOKEN.finditer(folded))
    lexicon = _lexicon([token[0] for token in tokens])
    whole = _split(_numbers(tokens, lexicon, LONGEST_NUMBER))
    apart = _split(_numbers(tokens, lexicon, 1))
    return [
        Stretch(words, next((p for p in apart if p[0].start == words[0].start), words))
        for words in whole
    ]


def fold(text: str) -> str:
    """Lower case without accents, every character in its place."""
    if text.isascii():
        return text.lower()
    return "".join(map(_plain, text))


def _plain(char: str) -> str:
    if char.isdigit():
        return str(unicodedata.digit(char, 0))
    base = unicodedata.normalize("NFKD", char)[0].lower()
    return base if len(base) == 1 else char


def _lexicon(words: list[str]) -> dict[str, int]:
    """English numbers, and those of another language if it is spoken."""
    said = set(words)
    if said.isdisjoint(_OTHER_WORDS):
        return _ENGLISH
    scores = {name: _score(words, numbers, _HINTS[name]) for name, numbers in LANGUAGES.items()}
    spoken = max(scores, key=lambda name: scores[name])
    english = sum(word in SMALL and word not in LANGUAGES[spoken] for word in words)
    if scores[spoken] < max(ENOUGH, english):
        return _ENGLISH
    return _ENGLISH | {key.replace("-", " "): value for key, value in LANGUAGES[spoken].items()}


def _score(words: list[str], numbers: dict[str, int], hints: frozenset[str]) -> float:
    told = [word for word in words if word in numbers and word not in _ENGLISH]
    sure = sum(word not in _DOUBTFUL for word in told)
    return sure + HALF * (len(set(told) & _DOUBTFUL) + len(hints.intersection(words)) * bool(told))


def _numbers(
    tokens: list[re.Match[str]], lexicon: dict[str, int], longest: int
) -> Iterator[Word | str]:
    """Number words, and what stands between them."""
    at, times, anew = 0, 1, False
    begin = -1
    while at < len(tokens):
        token = tokens[at][0]
        if token in REPEATS:
            times, begin = REPEATS[token], tokens[at].start()
            at += 1
            continue
        length, digits = _number(tokens, at, lexicon, longest)
        doubtful = not length and token in HOMOPHONES
        if doubtful:
            length, digits = 1, str(HOMOPHONES[token])
        if length:
            start = begin if times > 1 else tokens[at].start()
            end = tokens[at + length - 1].end()
            said = digits[0] * (times - 1) + digits
            yield Word(token, said, start, end, doubtful, anew)
            times, anew = 1, False
        else:
            anew = anew or token in RESTARTS
            times = 1
            yield token
            length = 1
        at += length


def _number(
    tokens: list[re.Match[str]], at: int, lexicon: dict[str, int], longest: int
) -> tuple[int, str]:
    """How many tokens a number takes, and its digits; 0 if there is none."""
    token = tokens[at][0]
    if token.isdigit():
        return 1, token
    for length in range(longest, 0, -1):
        words = " ".join(each[0] for each in tokens[at : at + length] if each[0] != "-")
        if words in lexicon and at + length <= len(tokens):
            after = tokens[at + length][0] if at + length < len(tokens) else ""
            scale = _HUNDREDS.get(after, "")
            return length + bool(scale), str(lexicon[words]) + scale
    return 0, ""


def _split(found: Iterator[Word | str]) -> list[tuple[Word, ...]]:
    """Stretches, cut where something else is said; a doubtful word needs a number beside it."""
    out: list[list[Word]] = [[]]
    for each in found:
        if isinstance(each, Word):
            out[-1].append(each)
        elif each in _BREAKS or (each[0].isalpha() and each not in FILLERS | RESTARTS):
            out.append([])
    trimmed = (_trimmed(words) for words in out)
    return [words for words in trimmed if words]


def _trimmed(words: list[Word]) -> tuple[Word, ...]:
    first = next((at for at, word in enumerate(words) if not word.doubtful), len(words))
    # A card may begin with "for", which is four; anything before that is talk.
    return tuple(words[max(0, first - 1) :]) if first < len(words) else ()


def _doubts(words: tuple[Word, ...]) -> Iterator[list[Word]]:
    """With every doubtful word taken for a digit, for none, and in between."""
    doubtful = [at for at, word in enumerate(words) if word.doubtful]
    yield list(words)
    if not doubtful:
        return
    yield [word for word in words if not word.doubtful]
    if len(doubtful) <= MOST_DOUBTS:
        for mask in range(1, 2 ** len(doubtful) - 1):
            left_out = {at for bit, at in enumerate(doubtful) if mask >> bit & 1}
            yield [word for at, word in enumerate(words) if at not in left_out]


def _merged(words: tuple[Word, ...]) -> list[Word]:
    """ "40 2" as forty-two, and "two fours" are two of them."""
    out: list[Word] = []
    for word in words:
        before = out[-1] if out else None
        tens = before and len(before.digits) == 2 and before.digits[1] == "0"
        if before and tens and before.digits != "10" and word.digits in set("123456789"):
            both = before.digits[0] + word.digits
            out[-1] = Word(before.text, both, before.start, word.end)
        else:
            out.append(word)
    return out


def _anew(words: tuple[Word, ...]) -> Iterator[list[Word]]:
    """After "no, sorry", without some of what was said before it."""
    restarts = [at for at, word in enumerate(words) if word.anew]
    for at in restarts[:MOST_RESTARTS]:
        for dropped in range(1, min(at, 16) + 1):
            yield [*words[: at - dropped], *words[at:]]


def _run(words: list[Word]) -> Run:
    return Run(tuple(Group(word.digits, word.start, word.end) for word in words))


_OTHER_WORDS = frozenset(word for numbers in LANGUAGES.values() for word in numbers) - set(_ENGLISH)
