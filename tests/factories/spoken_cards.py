"""Cards as people read them out and recognisers write them down: seeded, labelled, noisy."""

from dataclasses import dataclass
from random import Random

from domain.privacy.cards import is_card_number
from domain.privacy.spoken_digits import ENGLISH_SMALL, ENGLISH_TENS, LANGUAGES

PREFIXES = (("4", 16), ("51", 16), ("55", 16), ("2720", 16), ("2221", 16), ("6011", 16),
            ("65", 16), ("34", 15), ("37", 15), ("36", 14), ("4", 16))  # fmt: skip
# What is heard instead; only between other digits, as recognisers do it.
MISHEARD = {"two": ("to", "too"), "four": ("for",), "eight": ("ate",), "one": ("won",)}
FILLERS = ("uh", "um", "er", "and", "then", "okay", "let me see", "hang on", "so", "uh", "yeah")
RESTARTS = ("no sorry", "wait no", "sorry", "oops", "no wait", "I mean")
OPENINGS = {
    "en": ("my card number is", "it's", "sure the number is", "okay so it's", "the card is", "",
           "yes it is", "visa", "I'd like to pay with", "can you charge", "let me read it to you"),
    "es": ("el número de mi tarjeta es", "la tarjeta es", "es", "mi tarjeta"),
    "fr": ("mon numéro de carte est le", "ma carte c'est le", "alors", "carte bancaire"),
    "de": ("meine Kartennummer ist", "die Karte hat die Nummer", "also", "Kreditkarte"),
    "pt": ("o número do meu cartão é", "meu cartão é", "é", "cartão de crédito"),
    "it": ("il numero della carta è", "la mia carta è", "allora", "carta di credito"),
}  # fmt: skip
CODES = {
    "en": ("CVV is", "and the security code is", "the code on the back is", "c v v", "cvc",
           "three digits on the back are", "and the CVV", "security code uh"),
    "es": ("el código de seguridad es", "cvv"),
    "fr": ("le code de sécurité est", "le cryptogramme est le"),
    "de": ("die Prüfnummer ist", "Sicherheitscode"),
    "pt": ("o código de segurança é", "cvv"),
    "it": ("il codice di sicurezza è", "cvv"),
}  # fmt: skip
CLOSINGS = ("", "", "", "thanks", "did you get that", "that's it", ".", "and my name is Anna Lopez")


@dataclass
class Spoken:
    """A text, and the spans of its cards and codes."""

    text: str
    spans: list[tuple[int, int]]
    kinds: list[str]
    lang: str


def card_number(random: Random) -> str:
    prefix, length = random.choice(PREFIXES)
    digits = prefix + "".join(random.choices("0123456789", k=length - len(prefix) - 1))
    return digits + next(last for last in "0123456789" if is_card_number(digits + last))


def say(random: Random, digits: str, lang: str = "en", noise: float = 0.12) -> str:
    """Digits in one of the ways people read them out."""
    style = random.choice(("digits", "words", "groups", "pairs", "mixed"))
    out: list[str] = []
    at = 0
    while at < len(digits):
        said, length = _piece(random, digits[at:], lang, style)
        if lang == "en" and out and at + length < len(digits) and random.random() < noise:
            said = random.choice(MISHEARD.get(said, (said,)))
        out.append(said)
        at += length
        if at < len(digits) and random.random() < noise:
            out.append(random.choice(FILLERS) if lang == "en" else random.choice(("eh", ",")))
    if lang == "en" and style in ("digits", "words") and random.random() < noise:
        out = _restarted(random, out)
    return " ".join(out).replace(" ,", ",")


def _restarted(random: Random, out: list[str]) -> list[str]:
    """The last few digits again, after a word of regret."""
    cut = random.randrange(4, max(5, len(out) - 2))
    again = random.randrange(1, 4)
    return [*out[:cut], random.choice(RESTARTS), *out[cut - again :]]


def _piece(random: Random, rest: str, lang: str, style: str) -> tuple[str, int]:
    small = ENGLISH_SMALL if lang == "en" else list(LANGUAGES[lang])[:10]
    if style == "mixed":
        style = random.choice(("words", "groups", "pairs"))
    if style == "groups":
        size = min(random.choice((4, 4, 4, 3, 2)), len(rest))
        return rest[:size] + random.choice(("", "", ",", ".")) * (size < len(rest)), size
    if style == "digits":
        return rest[0], 1
    if lang == "en":
        for word, times in (("triple", 3), ("double", 2)):
            if rest[:times] == rest[0] * times and random.random() < 0.6:
                return f"{word} {_zero(random, small[int(rest[0])])}", times
        if style == "pairs" and rest[0] in "23456789" and rest[1:2] not in ("", "0"):
            return f"{ENGLISH_TENS[int(rest[0]) - 2]}{random.choice(' -')}{small[int(rest[1])]}", 2
        return _zero(random, small[int(rest[0])]), 1
    return small[int(rest[0])], 1


def _zero(random: Random, word: str) -> str:
    return random.choice(("oh", "zero", "o")) if word == "zero" else word


def told(random: Random, lang: str = "en") -> Spoken:
    """Somebody tells a card, or a code, or both."""
    what = random.choice(("card", "card", "card", "both", "both", "code"))
    text = ""
    spans: list[tuple[int, int]] = []
    kinds: list[str] = []

    def add(opening: str, said: str, kind: str) -> None:
        nonlocal text
        text = f"{text} {opening}".strip()
        start = len(text) + 1 if text else 0
        text = f"{text} {said}".strip()
        spans.append((start, start + len(said)))
        kinds.append(kind)

    if what != "code":
        add(random.choice(OPENINGS[lang]), say(random, card_number(random), lang), "card")
    if what != "card":
        code = "".join(random.choices("0123456789", k=random.choice((3, 3, 3, 4))))
        add(random.choice(CODES[lang]), say(random, code, lang, noise=0.08), "cvv")
    if lang == "en":
        text = f"{text} {random.choice(CLOSINGS)}".strip()
    return Spoken(text, spans, kinds, lang)
