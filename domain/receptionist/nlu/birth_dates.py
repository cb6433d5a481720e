"""Dates of birth: always in the past, often read out as bare digits ("03 01 1915", "25031 993")."""

import re
from datetime import date

from domain.receptionist.nlu.dates import DateMention, find_dates
from domain.receptionist.nlu.day_arithmetic import MONTHS, real_date
from domain.receptionist.nlu.heard import Heard
from domain.receptionist.nlu.spans import Span

# A recogniser breaks the digits anywhere, so the groups are joined before they are cut again.
_DIGITS = re.compile(r"\d[\d /.\-]{3,}\d")
_SHORT_YEAR = re.compile(r"(?P<rest>.*(?:" + "|".join(MONTHS) + r")\b.*?) '?(?P<year>\d\d)$")
_OLDEST = 120
_SOUNDS_LIKE = {
    2: "to too tooth",
    3: "bird search heard",
    4: "for or fore ore force fort",
    5: "fist fit hive",
    6: "sis sick sicks sikh",
    8: "ate hate eight's",
    9: "nigh mine",
    10: "tent tense tin",
    12: "well twelve",
}
_MISHEARD = re.compile(
    rf"\b(?P<word>{'|'.join(' '.join(_SOUNDS_LIKE.values()).split())})(?: of)?"
    rf" (?P<month>{'|'.join(MONTHS)}) (?P<year>(?:19|20)\d\d)\b"
)


def find_birth_date(heard: Heard, today: date, *, day_first: bool = False) -> DateMention | None:
    """The date of birth in an answer; `alternative` is day and month swapped, if that is real."""
    spoken = [
        mention
        for mention in find_dates(heard, today, day_first=day_first)
        if mention.is_day and (_is_birth(mention.first, today) or mention.alternative)
    ]
    if spoken and _is_birth(spoken[0].first, today):
        return spoken[0]
    return (
        _short_year(heard, today)
        or _digit_run(heard, today, day_first)
        or _misheard_day(heard, today)
    )


def _short_year(heard: Heard, today: date) -> DateMention | None:
    """Read the two-digit year of "9th of May 43"."""
    text = heard.text.rstrip(" .?!")
    match = _SHORT_YEAR.match(text)
    if not match:
        return None
    year = _past_year(int(match["year"]), today)
    month = next(MONTHS[word] for word in match["rest"].split() if word in MONTHS)
    day = re.search(r"\d{1,2}", match["rest"])
    born = real_date(year, month, int(day.group())) if day else None
    return DateMention(heard.span(0, len(text)), born, born) if born else None


def _misheard_day(heard: Heard, today: date) -> DateMention | None:
    """Read "or February 2019" as the fourth, where a recogniser took the day for a word."""
    match = _MISHEARD.search(heard.text)
    if match is None:
        return None
    day = next(day for day, words in _SOUNDS_LIKE.items() if match["word"] in words.split())
    born = real_date(int(match["year"]), MONTHS[match["month"]], day)
    return DateMention(heard.of(match), born, born) if born and _is_birth(born, today) else None


def _digit_run(heard: Heard, today: date, day_first: bool) -> DateMention | None:
    for match in _DIGITS.finditer(heard.text):
        readings = _cut(match.group(), today)
        if not day_first:
            readings.reverse()
        born = [day for day in readings if day and _is_birth(day, today)]
        if born:
            return _mention(heard.of(match), born)
    return None


def _mention(span: Span, born: list[date]) -> DateMention:
    alternative = born[1] if len(born) > 1 and born[1] != born[0] else None
    return DateMention(span, born[0], born[0], alternative)


def _cut(said: str, today: date) -> list[date | None]:
    """Readings of a digit run as day-month-year and as month-day-year, in that order."""
    groups = re.findall(r"\d+", said)
    digits = "".join(groups)
    if len(groups) == 3 and len(groups[2]) in {2, 4}:
        first, second, year = (int(group) for group in groups)
    elif 6 <= len(digits) <= 9:
        first, second, year = _cut_joined(digits)
    else:
        return []
    if year < 100:
        year = _past_year(year, today)
    return [real_date(year, second, first), real_date(year, first, second)]


def _cut_joined(digits: str) -> tuple[int, int, int]:
    """Cut digits without breaks: the last four are the year when they can be one."""
    head, year = digits[:-4], digits[-4:]
    if len(digits) == 6:
        head, year = digits[:4], digits[4:]
    # "twenty seven oh one" is written 27001: the nought of 20 or 30 stays in.
    if len(head) == 5:
        head = head[:2] + head[3:]
    middle = len(head) // 2
    return int(head[:middle] or 0), int(head[middle:] or 0), int(year)


def _past_year(year: int, today: date) -> int:
    century = today.year - today.year % 100
    return century + year if century + year <= today.year else century - 100 + year


def _is_birth(day: date, today: date) -> bool:
    return day <= today and today.year - day.year <= _OLDEST
