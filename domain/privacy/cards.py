"""Which digits are a payment card's number, and which are its security code."""

import re
from collections.abc import Iterator

import phonenumbers

from domain.privacy.aloud import Stretch, stretches
from domain.privacy.digits import Run, only_fillers, runs

SHORTEST, LONGEST = 13, 19
ISSUED_LENGTHS = (14, 15, 16)
# What the card schemes issue today: prefix and length.
_ISSUED = re.compile(
    r"""4\d{15}
      | (?:5[0-8]|6\d|35)\d{14}
      | 2(?:2[2-9]|[3-6]\d|7[0-2])\d{13}
      | 3[47]\d{13}
      | 3(?:0[0-5]|[689]\d)\d{11}""",
    re.VERBOSE,
)
_BEGINS = re.compile(r"4|6|5(?:[0-8]|$)|3(?:[04-9]|$)|2(?:[2-7]|$)")
_INTERNATIONAL = re.compile(r"00|011")

_CODE_NAME = re.compile(
    r"""(?<!\w)(?: (?:c|s[eé]e|sea|si)[\s.-]*(?:v|b|we|vee|ve|d)[\s.-]*(?:v|c|b|we|vee|ve|see|d)
        (?:\s*2(?!\s*\d))? | c\.?s\.?c | ccv | cvn | cid\s+(?:number|code) | cv\s+code
      | (?:card\s+|card's\s+)?(?<!social\s)security\s+(?:code|number|digits|pin)
      | (?:card\s+)?(?:verification|validation)\s+(?:code|number|value)
      | (?:three|four|3|4)[\s-]+digit\s+(?:code|number|security\s+code)
      | (?:code|number|numbers|digits|three|four)\s+(?:is\s+|are\s+|it\s+says\s+|that's\s+)?
        (?:on|at|from)\s+the\s+(?:back|front)(?:\s+(?:of\s+)?(?:it|the\s+card|my\s+card|side|is|are|says))*
      | (?:on\s+)?the\s+back\s+(?:of\s+(?:it|the\s+card|my\s+card)\s+)?(?:it\s+)?says
      | c[oó]digo\s+de\s+(?:seguridad|verificaci[oó]n|seguran[cç]a|verifica[cç][aã]o)
      | (?:tres|3|cuatro)\s+(?:n[uú]meros|d[ií]gitos|cifras)\s+(?:de\s+|del\s+)?
        (?:atr[aá]s|reverso|detr[aá]s)
      | code\s+de\s+s[eé]curit[eé] | cryptogramme(?:\s+visuel)? | codice\s+di\s+sicurezza
      | (?:karten)?pr[uü]f(?:nummer|ziffer|zahl) | sicherheitscode | sicherheitsnummer )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMES_IT = re.compile(
    r"(?:\W|(?:a|are|be|s|es|est|ist|e|é|è|sono|son|eh|ok|okay|er|erm|hmm|like|let|me|see|yes|yeah"
    r"|well|and|"
    r"then|hang|wait|sorry|one|second|on|its|says|it|you|know|reads|number|numbers|sont|lautet|el"
    r"|la|"
    r"mi|le|il|die|der|card|code|for|here|is|it's|its|it|my|number|of|on|so|that's|that|the|this|"
    r"um|uh|was|would|back|three|digits)(?!\w))*+",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(r"\W*(?:(?:as|for|is|was)\s+)?(?:(?:my|the)\s+)?", re.IGNORECASE)
CODE_LENGTHS = (3, 4)
# How far before a number its name is looked for, and how far after it what belongs to a card.
LOOK_BACK = 60
AFTER = 160
# A code, a date, or both in one breath.
SHORT = range(1, 9)
_PLUS = re.compile(r"(?:\+|\bplus)\s*$", re.IGNORECASE)
_ONLY_CARD_TALK = re.compile(
    r"""(?:\W|\d|(?:and|the|is|it|its|it's|s|my|a|uh|um|er|so|that|that's|then|with|on|of|for|are|ok
      | exp|expir\w*|expiration|expiry|date|code|cvv|cvc|security|back|number|numbers|digits?|three
      | four|good|thru|through|until|valid|month|year|slash|card|name|right|yes|yeah|okay|one|two
      | zero|oh|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|vence|caduca|fecha|c|v
      | january|february|march|april|may|june|july|august|september|october|november|december
      | expire|expires|says|in)(?!\w))*+""",
    re.VERBOSE | re.IGNORECASE,
)


def is_card_number(digits: str) -> bool:
    """Whether 13 to 19 digits pass the Luhn check (ISO/IEC 7812-1)."""
    return SHORTEST <= len(digits) <= LONGEST and _luhn(digits)


def is_issued(digits: str) -> bool:
    """The same, for a prefix and a length that a card scheme issues."""
    return _ISSUED.fullmatch(digits) is not None and _luhn(digits)


def may_become_card(digits: str) -> bool:
    """Whether more digits could make these a card's number."""
    return len(digits) < ISSUED_LENGTHS[-1] and _BEGINS.match(digits) is not None


def holds_card(run: Run) -> bool:
    """Whether a run is a card number, or has one in it from breath to breath."""
    if is_card_number(run.digits):
        return not _is_phone(run)
    if len(run.digits) < SHORTEST or _said_twice(run.digits):
        return False
    return any(is_issued(part) for part in _parts(run))


def begins_with_rest_of_card(before: str, run: Run) -> bool:
    """Whether digits said before become a card number with the first breaths of a run."""
    return any(is_issued(before + run.digits[:end]) for end in run.breaths[1:])


_OTHER_NUMBER = re.compile(
    r"""\b(?:phone|cell|mobile|telephone|call\s+me|reach\s+me|order|tracking|confirmation|reference
      | ref|policy|member(?:ship)?|routing|invoice|case|ticket|serial|imei|fax|insurance|loyalty
      | account|tax|claim|patient|id|isbn|barcode|vin|registration|license|booking|reservation
      | tel[eé]fono|pedido|seguimiento|factura|p[oó]liza|commande|bestellung|rechnung|pedido|ordine
      | telefono|num[eé]ro\s+de\s+(?:suivi|dossier)|shipment|package|parcel|ups|fedex|student
      | medicare
      | library|rewards|gift|iban|meter|model|part|sku|upc|prescription|rx)\b
      [^.?!]{0,40}$""",
    re.VERBOSE | re.IGNORECASE,
)
_CARD = re.compile(
    r"\b(?:cards?|visa|master\s*card|amex|american\s+express|discover|debit|credit|tarjeta|carte"
    r"|karte|kreditkarte|kartennummer|cart[aã]o|carta)\b(?!\s+(?:de\s+)?(?:visite|visita"
    r"|business))",
    re.IGNORECASE,
)
_LOOKS_LIKE = re.compile(
    r"(?:4|5[0-8]|6\d|35|2[2-7])\d{14}|4\d{15}|5\d{15}|3[47]\d{13}|3[068]\d{12}"
)
# A recogniser drops or doubles a digit now and then.
LONGEST_GROUP = 6
NEARLY = range(13, 21)


def names_card(text: str) -> bool:
    """Whether a text speaks of a payment card."""
    return _CARD.search(text) is not None


def read_aloud(text: str, stretch: Stretch) -> bool:
    """Whether a stretch of spoken numbers is a card's, however it was taken down.

    What passes the check in any reading is one. What does not may be misheard: it is one if it
    looks like a card and is not named as something else.
    """
    if len(stretch.readings[0].digits) < SHORTEST - 1:
        return False
    if any(holds_card(reading) for reading in stretch.readings):
        return True
    before = text[max(0, stretch.start - LOOK_BACK) : stretch.start]
    if _OTHER_NUMBER.search(before) or _PLUS.search(before):
        return False
    likely = [reading.digits for reading in stretch.readings]
    if any(_said_twice(digits) for digits in likely):
        return False
    if any(_looks_like(reading) for reading in stretch.readings):
        return True
    return names_card(text) and any(
        len(digits) in NEARLY and may_begin_card(digits) for digits in likely
    )


def _looks_like(run: Run) -> bool:
    """As long as a card, beginning like one, and grouped as cards are read out."""
    longest = max(len(group.digits) for group in run.groups)
    grouped = longest <= LONGEST_GROUP or len(run.groups) == 1
    return grouped and _LOOKS_LIKE.fullmatch(run.digits) is not None


def may_begin_card(digits: str) -> bool:
    """Whether a card scheme issues numbers that begin like these."""
    return _BEGINS.match(digits) is not None


def after_card(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Where, right after a card's number, its date and code are told."""
    for stretch in stretches(text[at : at + AFTER]):
        digits = len(stretch.readings[0].digits)
        before = text[at : at + stretch.start]
        if digits not in SHORT or not _ONLY_CARD_TALK.fullmatch(before):
            return
        yield at + stretch.start, at + stretch.end


def codes(text: str, found: list[Run], aloud: list[Stretch]) -> list[tuple[int, int]]:
    """Where security codes stand that are named as such."""
    spans = []
    for name in _CODE_NAME.finditer(text):
        spans += [_code(run) for run in found if _belongs(text, name, run)]
        spans += [(each.start, each.end) for each in aloud if _tells_code(text, name, each)]
    return spans


def _tells_code(text: str, name: re.Match[str], stretch: Stretch) -> bool:
    """Whether a stretch next to the name is a code in one of its readings."""
    fits = [run for run in stretch.readings if len(run.digits) in CODE_LENGTHS]
    if not fits:
        return False
    if name.end() <= stretch.start:
        return _NAMES_IT.fullmatch(text[name.end() : stretch.start]) is not None
    return _NAMED_AFTER.fullmatch(text[stretch.end : name.start()]) is not None


def awaits_code(text: str) -> bool:
    """Whether a text ends by naming a security code that it does not tell."""
    *_, last = [None, *_CODE_NAME.finditer(text)]
    return last is not None and _NAMES_IT.fullmatch(text[last.end() :]) is not None


def leading_code(text: str) -> tuple[int, int] | None:
    """Where the code stands in an answer that is nothing else at its beginning."""
    found = runs(text)
    if not found or not only_fillers(text[: found[0].start]):
        return None
    return _code(found[0]) if len(found[0].digits) in CODE_LENGTHS else None


def _parts(run: Run) -> Iterator[str]:
    """What is as long as a card number and lies between two breaths."""
    breaths = set(run.breaths)
    if any(len(group.digits) > ISSUED_LENGTHS[-1] for group in run.groups):
        # Keys are pressed, and digits are typed, without a breath between card and code.
        breaths = set(range(len(run.digits) + 1))
    for start in breaths:
        for length in ISSUED_LENGTHS:
            if start + length in breaths:
                yield run.digits[start : start + length]


def _belongs(text: str, name: re.Match[str], run: Run) -> bool:
    if not _begins_with_code(run):
        return False
    if name.end() <= run.start:
        return _NAMES_IT.fullmatch(text[name.end() : run.start]) is not None
    between = text[run.end : name.start()]
    return len(run.digits) in CODE_LENGTHS and _NAMED_AFTER.fullmatch(between) is not None


def _begins_with_code(run: Run) -> bool:
    """Three or four digits alone, or in the first breath of what is too short for a telephone."""
    first = len(run.groups[0].digits)
    return len(run.digits) in CODE_LENGTHS or (first in CODE_LENGTHS and len(run.digits) < 10)


def _code(run: Run) -> tuple[int, int]:
    alone = len(run.digits) in CODE_LENGTHS
    return run.start, run.end if alone else run.groups[0].end


def _luhn(digits: str) -> bool:
    odd = sum(map(int, digits[-1::-2]))
    even = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (odd + even) % 10 == 0


def _said_twice(digits: str) -> bool:
    """A telephone number and its repetition."""
    half = len(digits) // 2
    return half in (10, 11) and digits[:half] == digits[half:]


def _is_phone(run: Run) -> bool:
    dialled = _INTERNATIONAL.match(run.digits)
    if not run.plus and dialled is None:
        return False
    number = run.digits[dialled.end() :] if dialled else run.digits
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(f"+{number}"))
    except phonenumbers.NumberParseException:
        return False
