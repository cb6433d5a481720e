"""Whether callers make use of a right in their data: by phrases alone, so it never varies."""

import re

from domain.rights.kinds import RequestKind

# What a person means when they speak of their data.
_MINE = (
    r"(?:(?:all|any|everything) (?:of )?)?(?:my|the|our)?\s?"
    r"(?:personal |private |call |customer )?"
    r"(?:data|information|info|details|records?|recordings?|transcripts?|file|voice)"
)
_ABOUT_ME = (
    r"(?:everything|what|anything|all|the data|the information)"
    r" (?:that )?(?:you|you've|you have)"
)
_HELD = r"(?: got| stored| saved| collected| kept| hold| keep| know| have| recorded)*"
_OF_ME = rf"{_ABOUT_ME}{_HELD} (?:about|on|of) me"
_WISHES = (
    (
        RequestKind.DELETION,
        rf"\b(?:delete|erase|remove|wipe|destroy|forget|get rid of) (?:{_MINE}|{_OF_ME})\b"
        rf"|\b{_MINE} (?:to be |be |gets? |is )?(?:deleted|erased|removed|wiped|destroyed)\b"
        r"|\bright to be forgotten\b|\b(?:delete|erase) me from your\b",
    ),
    (
        RequestKind.PORTABILITY,
        rf"\b(?:export|transfer|port|move|take) {_MINE} (?:to|with me|elsewhere|over)\b"
        r"|\bdata portability\b",
    ),
    (
        RequestKind.ACCESS,
        rf"\b(?:copy|copies) of {_MINE}|\b(?:what|which) (?:personal )?(?:data|information|info)"
        r" (?:do you|have you|you)\b.{0,20}\b(?:about|on|of) me\b"
        rf"|\b(?:see|get|request|access|send me|have) {_OF_ME}\b"
        r"|\b(?:subject access request|data request)\b",
    ),
    (
        RequestKind.SALE_OPT_OUT,
        rf"\b(?:don't|do not|stop|not to|never|opt out of) (?:sell(?:ing)?|shar(?:e|ing)) {_MINE}\b"
        r"|\bdo not sell\b",
    ),
    (
        RequestKind.RESTRICTION,
        rf"\b(?:restrict|stop using|don't use|do not use|freeze) {_MINE}\b",
    ),
    (
        RequestKind.CONSENT_WITHDRAWAL,
        r"\bwithdraw (?:my )?consent\b|\btake back my consent\b",
    ),
    (
        RequestKind.OBJECTION,
        r"\bobject to (?:you |your )?(?:using|(?:the )?use of|processing|how you use)"
        rf".{{0,20}}{_MINE}\b",
    ),
    (
        RequestKind.MARKETING_OPT_OUT,
        r"\b(?:stop|no more|don't|do not) (?:sending me |send me )?(?:any )?"
        r"(?:marketing|advertis\w+|promotion\w*|newsletters?)\b"
        r"|\bunsubscribe me\b",
    ),
    (
        RequestKind.COMPLAINT_INFORMATION,
        r"\b(?:complain|complaint)\b.{0,40}\b(?:privacy|data|authority|regulator|recorded)\b",
    ),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _WISHES)
# "Cancel my appointment" is none; neither is a question about the business's own information.
_DATA = re.compile(r"\b(?:personal|private|data|recordings?|transcripts?|voice)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:appointment|booking|reservation|order)s?\b", re.IGNORECASE)


def find_privacy_wish(text: str) -> RequestKind | None:
    """What a caller asks of their data; None if they want something else."""
    found = next((kind for kind, pattern in _PATTERNS if pattern.search(text)), None)
    return None if found is RequestKind.DELETION and _only_a_visit(text) else found


def _only_a_visit(text: str) -> bool:
    """Whether what is to be deleted is a visit: its details go with it."""
    return bool(_NOT.search(text)) and _DATA.search(text) is None
