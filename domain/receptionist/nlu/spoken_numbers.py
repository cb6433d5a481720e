"""Number words as digits: "twenty-fifth" is 25th, "nineteen oh five" is 19 05."""

from domain.receptionist.nlu.spans import Word

_SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
SMALL = {word: value for value, word in enumerate(_SMALL_WORDS.split())}
TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)} | {
    "fourty": 40
}
ORDINALS = {word: value for value, word in enumerate(_ORDINAL_WORDS.split(), start=1)} | {
    "twentieth": 20,
    "thirtieth": 30,
}
OH = frozenset({"o", "oh"})


def digitise(words: list[Word]) -> list[Word]:
    """Replace runs of number words by one word of digits; ordinals all end in "th"."""
    out: list[Word] = []
    at = 0
    while at < len(words):
        text, length = _number(words, at, out[-1].text if out else "")
        out.append(Word(text, words[at].start, words[at + length - 1].end))
        at += length
    return out


def _number(words: list[Word], at: int, before: str) -> tuple[str, int]:
    """Read one number at `at`; returns its digits, or the word itself, and the words it took."""
    word = words[at].text
    if word in OH and before.isdigit() and SMALL.get(_text(words, at + 1), 10) < 10:
        return f"0{SMALL[_text(words, at + 1)]}", 2
    if word == "second" and before in {"a", "1", "every", "per"}:
        return word, 1
    if word in ORDINALS:
        return f"{ORDINALS[word]}th", 1
    if word in TENS:
        return _tens(words, at)
    if word in SMALL:
        return _small(words, at)
    return word, 1


def _tens(words: list[Word], at: int) -> tuple[str, int]:
    value, step = TENS[words[at].text], 1
    if _text(words, at + 1) == "-":
        step = 2
    unit = _text(words, at + step)
    if 0 < SMALL.get(unit, 10) < 10:
        return str(value + SMALL[unit]), step + 1
    if ORDINALS.get(unit, 10) < 10:
        return f"{value + ORDINALS[unit]}th", step + 1
    return str(value), 1


def _small(words: list[Word], at: int) -> tuple[str, int]:
    value = SMALL[words[at].text]
    scale = {"hundred": 100, "thousand": 1000}.get(_text(words, at + 1))
    if scale is None or value == 0:
        return str(value), 1
    rest, length = _below_hundred(words, at + 2)
    # "eight hundred five five five" is a telephone number, "two hundred and five" is not.
    if rest < 10 and scale == 100 and _text(words, at + 2) != "and":
        return str(value * scale), 2
    return str(value * scale + rest), 2 + length


def _below_hundred(words: list[Word], at: int) -> tuple[int, int]:
    skipped = int(_text(words, at) == "and")
    word = _text(words, at + skipped)
    if word in TENS:
        digits, length = _tens(words, at + skipped)
        return (int(digits), skipped + length) if digits.isdigit() else (0, 0)
    if SMALL.get(word, 0):
        return SMALL[word], skipped + 1
    return 0, 0


def _text(words: list[Word], at: int) -> str:
    return words[at].text if at < len(words) else ""
