"""Emergencies: a deterministic guard, deliberately quick to alarm, that idioms must not set off.

Phrases first; beside them weights that were learned, for the words that nobody thought of.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.hunches import Opinion
from domain.plain import Plain, plain
from domain.receptionist.nlu.danger import ENGLISH, OTHERS, hunch
from domain.receptionist.nlu.danger.english import TRIFLES
from domain.receptionist.nlu.danger.english_signs import ALARMING, CALM, SIGNS
from domain.receptionist.nlu.danger.words import Words
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


URGENT = frozenset({Danger.DENTAL, Danger.HOME, Danger.DECLARED})
PROPERTY = frozenset({Danger.DENTAL, Danger.HOME})
# Fewer words may be a name ("Emma Quick"), or an answer ("with Cigna"): one must be surer of them.
FEWEST_WORDS = 3
RATHER_CERTAIN = 0.9
# What the rules took for a tooth or a pipe is one, unless what was learned is this sure.
NEARLY_CERTAIN = 0.98


@dataclass(frozen=True)
class Emergency:
    """An emergency, and the words that revealed it."""

    span: Span
    kind: Danger

    @property
    def threatens_life(self) -> bool:
        """Whether the caller should be sent to the emergency services at once."""
        return self.kind not in URGENT

    @property
    def alarms(self) -> bool:
        """Whether life is in danger, or may be: the caller names no other reason for the alarm."""
        return self.kind not in PROPERTY


@dataclass(frozen=True)
class _Net:
    """One language, compiled."""

    words: frozenset[str]
    kinds: tuple[tuple[Danger, re.Pattern[str]], ...]
    idioms: re.Pattern[str]
    negated: re.Pattern[str]
    negates: re.Pattern[str]
    past: re.Pattern[str]
    talk: re.Pattern[str]
    present: re.Pattern[str]

    @classmethod
    def of(cls, words: Words) -> "_Net":
        """Compile what one language has to say."""
        kinds = ((kind, words.phrases.get(kind.value, ())) for kind in Danger)
        return cls(
            words=words.knows,
            kinds=tuple((kind, _any(phrases)) for kind, phrases in kinds if phrases),
            idioms=_any(words.idioms),
            negated=re.compile(rf"\b(?:{words.negated}) $"),
            negates=_any(words.negates),
            past=_any(words.past),
            talk=_any(words.talk),
            present=_any(words.present),
        )

    def find(self, said: Plain) -> Emergency | None:
        """The gravest danger that these words tell of."""
        if _JOKE.search(said.text):
            return None
        suspected = [(kind, pattern) for kind, pattern in self.kinds if pattern.search(said.text)]
        if not suspected:
            return None
        text = self.idioms.sub(lambda match: "_" * len(match.group()), said.text)
        for kind, pattern in suspected:
            for match in pattern.finditer(text):
                if not self._harmless(text, match, kind):
                    return Emergency(Span(*said.of(match)), kind)
        return None

    def _harmless(self, text: str, match: re.Match[str], kind: Danger) -> bool:
        """Whether it is denied, long over, or only talked about."""
        own = self.negates.search(match.group())
        if kind is Danger.DECLARED and _TRIFLES.search(text):
            return True
        if not own and self.negated.search(text[: match.start()]):
            return True
        begin = text.rfind(" . ", 0, match.start()) + 1
        end = text.find(" . ", match.end())
        sentence = text[begin : end if end >= 0 else len(text)]
        if self.present.search(sentence):
            return False
        return bool(self.past.search(sentence) or self.talk.search(sentence))


def _any(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


# All of them at once: most utterances hold none, and cost one look.
_SIGNS = re.compile(rf"\b(?:{'|'.join(SIGNS.values())})\b")
_SIGN = {name: _any((words,)) for name, words in SIGNS.items()}
_CALM = _any((CALM,))


def _by_signs(net: _Net, said: Plain) -> Emergency | None:
    """A danger told by signs of which each alone would say little."""
    first = _SIGNS.search(said.text)
    if first is None or _CALM.search(said.text):
        return None
    text = net.idioms.sub(lambda match: "_" * len(match.group()), said.text)
    if net.past.search(text) or net.talk.search(text):
        return None
    seen = {name for name, sign in _SIGN.items() if _affirmed(net, sign, text)}
    for kind, signs in ALARMING:
        if seen.issuperset(signs):
            found = _SIGN[signs[0]].search(text)
            assert found is not None
            return Emergency(Span(*said.of(found)), Danger(kind))
    return None


def _affirmed(net: _Net, sign: re.Pattern[str], text: str) -> bool:
    return any(
        net.negates.search(match.group()) or not net.negated.search(text[: match.start()])
        for match in sign.finditer(text)
    )


_TRIFLES = _any((TRIFLES,))
_JOKE = re.compile(r"\b(?:(?:just|only|am) kidding|haha\w*|lmao)\b")
_ENGLISH, _OTHERS = _Net.of(ENGLISH), _Net.of(OTHERS)
_ORDER = {kind: place for place, kind in enumerate(Danger)}


def find_emergency(heard: Heard) -> Emergency | None:
    """The gravest emergency in the utterance, or None; in whichever language it is cried out."""
    said = plain(heard.original)
    if not said.text:
        return None
    ruled = by_rules(said)
    seen = hunch.read(said, ruled)
    opinion = hunch.opinion(heard.original, seen)
    if ruled is not None and ruled.alarms:
        return None if opinion.disbelieved else ruled
    if _suspected(ruled, opinion, len(said.text.split())):
        return Emergency(Span(*said.span(0, len(said.text))), Danger(hunch.likeliest(seen)))
    return ruled


def _suspected(ruled: Emergency | None, opinion: Opinion, words: int) -> bool:
    """Whether there is a danger though the rules do not alarm."""
    if ruled is not None:
        return opinion.likelihood >= NEARLY_CERTAIN
    return opinion.believed if words >= FEWEST_WORDS else opinion.likelihood >= RATHER_CERTAIN


def by_rules(said: Plain) -> Emergency | None:
    """What the phrases alone say."""
    english, others = len(said.words & _ENGLISH.words), len(said.words & _OTHERS.words)
    nets = [_ENGLISH] * (english >= others) + [_OTHERS] * (others >= english and others > 0)
    found = [danger for net in nets if (danger := net.find(said))]
    if english >= others and not any(danger.alarms for danger in found):
        signs = _by_signs(_ENGLISH, said)
        found += [signs] if signs else []
    return min(found, key=lambda danger: _ORDER[danger.kind], default=None)
