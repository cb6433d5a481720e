"""Emergencies: a deterministic guard, deliberately quick to alarm, that idioms must not set off."""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.receptionist.nlu.emergency_phrases import IDIOMS, NEGATED, PAST, PHRASES
from domain.receptionist.nlu.heard import Heard
from domain.receptionist.nlu.spans import Span


class Danger(StrEnum):
    """Kinds of emergency, the gravest first; life comes before property."""

    SELF_HARM = "self_harm"
    VIOLENCE = "violence"
    MEDICAL = "medical"
    FIRE = "fire"
    GAS = "gas"
    DENTAL = "dental"
    HOME = "home"
    DECLARED = "declared"


@dataclass(frozen=True)
class Emergency:
    """An emergency, and the words that revealed it."""

    span: Span
    kind: Danger

    @property
    def threatens_life(self) -> bool:
        """Whether the caller should be sent to the emergency services at once."""
        return self.kind not in {Danger.DENTAL, Danger.HOME, Danger.DECLARED}


_PATTERNS = tuple(
    (Danger(kind), re.compile(rf"\b(?:{'|'.join(phrases)})\b")) for kind, phrases in PHRASES.items()
)
_IDIOMS = re.compile("|".join(IDIOMS))
# A negation counts only close before the phrase: "it's not an emergency, but he can't breathe".
_NEGATED = re.compile(rf"(?:{NEGATED})(?: \w+){{0,2}} $")
_PAST = re.compile(PAST)
# What nobody says by way of denial: "I'm not having chest pain" may be negated, this may not.
_NEVER_NEGATED = frozenset({Danger.SELF_HARM})


def find_emergency(heard: Heard) -> Emergency | None:
    """The gravest emergency in the utterance, or None."""
    text = _IDIOMS.sub(lambda match: "_" * len(match.group()), heard.text)
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not _harmless(text, match, kind):
                return Emergency(heard.of(match), kind)
    return None


def _harmless(text: str, match: re.Match[str], kind: Danger) -> bool:
    # "I don't want to live" holds its own negation.
    if kind in _NEVER_NEGATED:
        return False
    before, after = text[: match.start()], text[match.end() :]
    return bool(_NEGATED.search(before) or _PAST.search(before[-40:]) or _PAST.match(after))
