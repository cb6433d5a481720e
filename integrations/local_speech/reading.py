"""How a written English sentence is read aloud: money, times, dates, telephone numbers."""

import re
from collections.abc import Callable, Sequence

from integrations.local_speech.numerals import cardinal, decimal, digits, ordinal, year

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
_MONTHS = (  # noqa: SIM905
    "January February March April May June July August September October November December"
).split()
# "May" has no short form, and is a verb: it counts only before a day.
_MONTH = "|".join([*_MONTHS, *(f"{month[:3]}\\.?" for month in _MONTHS if month != "May")])
_CURRENCIES = {"$": ("dollar", "cent"), "£": ("pound", "pence"), "€": ("euro", "cent")}
_WORDS = {
    "Dr.": "Doctor",
    "Mr.": "Mister",
    "Mrs.": "Missus",
    "Ms.": "Miz",
    "Ave.": "Avenue",
    "Blvd.": "Boulevard",
    "Rd.": "Road",
    "Ste.": "Suite",
    "Apt.": "Apartment",
    "e.g.": "for example",
    "i.e.": "that is",
    "etc.": "et cetera",
    "vs.": "versus",
}
_SIGNS = {"&": " and ", "%": " percent", "+": " plus ", "=": " equals ", "*": " star "}


def read_aloud(text: str, language: str) -> str:
    """The words to speak; English only, other languages are left to their voice."""
    if not language.lower().startswith("en"):
        return " ".join(text.split())
    for pattern, spoken in _RULES:
        text = pattern.sub(spoken, text)
    return re.sub(r"\s+([,.?!;:])", r"\1", " ".join(text.split()))


def _money(match: re.Match[str]) -> str:
    whole, cents, scale = match["whole"], match["cents"], match["scale"]
    unit, part = _CURRENCIES[match["sign"]]
    if scale:
        return f"{decimal(f'{whole}.{cents}' if cents else whole)} {scale} {unit}s"
    spoken = _counted(whole, unit)
    if not cents or not int(cents):
        return spoken
    small = _counted(cents, part) if part == "cent" else f"{cardinal(int(cents))} {part}"
    return small if not int(whole.replace(",", "")) else f"{spoken} and {small}"


def _counted(number: str, unit: str) -> str:
    count = int(number.replace(",", ""))
    return f"{cardinal(count)} {unit}{'' if count == 1 else 's'}"


def _time(match: re.Match[str]) -> str:
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    words = [cardinal(hour)]
    if minute:
        words.append(f"oh {cardinal(minute)}" if minute < 10 else cardinal(minute))
    if half:
        # Two capitals are spelled out by espeak-ng; "a.m." would end a sentence.
        words.append(f"{half[0].upper()}M")
    elif not minute:
        words.append("o'clock" if hour <= 12 else "hundred")
    return " ".join(words)


def _telephone(match: re.Match[str]) -> str:
    plus, number = match[0].startswith("+"), re.sub(r"\D", "", match[0])
    groups = ", ".join(digits(group) for group in _groups(number))
    return f"plus {groups}" if plus else groups


def _groups(number: str) -> Sequence[str]:
    """The national pattern 3-3-4 after a country's digits; 3-4 for a local number."""
    ends = [end for end in (len(number) - 10, len(number) - 7, len(number) - 4) if end > 0]
    return [number[a:b] for a, b in zip([0, *ends], [*ends, len(number)], strict=True)]


def _date(month: int, day: int, written_year: str | None) -> str:
    spoken = f"{_MONTHS[month - 1]} {ordinal(day)}"
    return f"{spoken}, {year(int(written_year))}" if written_year else spoken


def _named_date(match: re.Match[str]) -> str:
    month = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3]))
    return _date(month, int(match["day"]), match["year"])


def _numeric_date(match: re.Match[str]) -> str:
    return _date(int(match["month"]), int(match["day"]), match["year"])


def _long_number(match: re.Match[str]) -> str:
    return ", ".join(digits(group) for group in re.findall(r"\d{1,3}", match[0]))


def _rule(pattern: str, spoken: Callable[[re.Match[str]], str], flags: int = 0) -> _Rule:
    return re.compile(pattern, flags), spoken


_DAY, _MONTH_NUMBER = r"(?P<day>0?[1-9]|[12]\d|3[01])", r"(?P<month>0?[1-9]|1[0-2])"
_YEAR = r"(?P<year>[12]\d{3})"
# The dot of "p.m." goes, unless it also ends the sentence.
_HALF = r"(?P<half>[ap]\.?m\b(?:\.(?=,|\s(?-i:[a-z\d])))?)"

# The order matters: what is most specific comes first, and leaves no digits behind.
_RULES: tuple[_Rule, ...] = (
    _rule(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", lambda m: m[0].replace("@", " at ").replace(".", " dot ")),
    _rule(r"(?<=[a-z])\.(?=[a-z]{2,}\b)", lambda m: " dot "),
    _rule(rf"\b{_YEAR}-{_MONTH_NUMBER}-{_DAY}\b", _numeric_date),
    _rule(rf"\b{_MONTH_NUMBER}/{_DAY}/{_YEAR}\b", _numeric_date),
    _rule(rf"\b(?P<month>{_MONTH}) {_DAY}(?:st|nd|rd|th)?\b(?:,? {_YEAR}\b)?", _named_date),
    _rule(r"\+\d[\d ().-]{6,}\d|(?<!\d)\(?\d{3}\)?[ .-]?\d{3}[.-]\d{4}\b", _telephone),
    _rule(r"(?<!\d)\(?\d{3}\)? \d{3} \d{4}\b|\b\d{3}-\d{4}\b|\b\d{10}\b", _telephone),
    _rule(r"\b24/7\b", lambda m: "twenty-four seven"),
    _rule(r"(?<=[\dmM])\s?[-\u2013]\s?(?=[$£€]?\d)", lambda m: " to "),
    _rule(
        r"(?P<sign>[$£€])(?P<whole>\d+(?:,\d{3})*)(?:\.(?P<cents>\d\d?))?\b"
        r"(?:\s(?P<scale>thousand|million|billion))?",
        _money,
    ),
    _rule(rf"\b(?P<hour>\d{{1,2}}):(?P<minute>[0-5]\d)(?:\s?{_HALF})?", _time, re.IGNORECASE),
    _rule(rf"\b(?P<hour>\d{{1,2}})(?P<minute>)\s?{_HALF}", _time, re.IGNORECASE),
    _rule(r"\b([A-Z]\w+) St\b\.?(?= [a-z]|,)", lambda m: f"{m[1]} Street"),
    _rule(r"\b([A-Z]\w+) St\b", lambda m: f"{m[1]} Street"),
    _rule(r"\bSt\.(?= [A-Z])", lambda m: "Saint"),
    _rule(r"\bDr\.(?! [A-Z])", lambda m: "Drive"),
    _rule("|".join(rf"\b{re.escape(short)}" for short in _WORDS), lambda m: _WORDS[m[0]]),
    _rule(r"#\s?(?=\d)", lambda m: "number "),
    _rule(r"\b(\d+)(?:st|nd|rd|th)\b", lambda m: ordinal(int(m[1]))),
    # Only after "in" and "since": elsewhere 1985 may be a price or a house.
    _rule(r"(?<=\b[Ii]n )[12]\d{3}\b(?!,\d)", lambda m: year(int(m[0]))),
    _rule(r"(?<=\b[Ss]ince )[12]\d{3}\b", lambda m: year(int(m[0]))),
    _rule(r"(?<![.,\d])(?:0\d+|\d{7,})\b", _long_number),
    _rule(r"\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+|\d+", lambda m: f" {decimal(m[0])} "),
    _rule("|".join(re.escape(sign) for sign in _SIGNS), lambda m: _SIGNS[m[0]]),
)
