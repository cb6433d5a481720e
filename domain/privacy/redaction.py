"""Taking payment cards out of what people say, before anything is done with it.

Rules only: a card number has 13 to 19 digits that pass the Luhn check, written or spoken, in one
turn or spread over several; a security code is named as such.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from domain.privacy import cards
from domain.privacy.aloud import stretches
from domain.privacy.digits import Run, runs
from domain.privacy.records import change_words

CARD, CODE = "[card number]", "[security code]"
# Two answers without digits, and the caller has stopped reading out a number.
MOST_SILENT = 2
MOST_PIECES = 8
# As many digits as a telephone number has; fewer are found in dates and identifiers too.
MANY = 7

Turn = TypeVar("Turn", bound=Hashable)
Span = tuple[int, int, str]


@dataclass(frozen=True)
class Earlier(Generic[Turn]):
    """What must be masked in a turn that was taken for harmless, and in what was made of it."""

    turn: Turn
    said: str
    text: str
    digits: str

    def scrub(self, value: Any) -> Any:
        """A JSON value without the turn's words, and without its digits if they are many."""
        return change_words(value, self._scrubbed)

    def _scrubbed(self, text: str) -> str:
        if text == self.said:
            return self.text
        return text.replace(self.digits, CARD) if len(self.digits) >= MANY else text


@dataclass(frozen=True)
class Piece(Generic[Turn]):
    """The digits of a turn that may be part of a card number."""

    turn: Turn
    text: str
    run: Run
    spans: tuple[Span, ...]

    def as_card(self) -> Earlier[Turn]:
        """What to mask, now that they are part of one."""
        said = mask(self.text, self.spans)
        masked = mask(self.text, [*self.spans, (self.run.start, self.run.end, CARD)])
        return Earlier(self.turn, said, masked, self.run.digits)


@dataclass(frozen=True)
class Reading(Generic[Turn]):
    """A turn that may be kept, and what it reveals about those before it."""

    text: str
    found: bool = False
    earlier: tuple[Earlier[Turn], ...] = ()


@dataclass
class CardWatch(Generic[Turn]):
    """Reads one side of a conversation; remembers the digits of a few turns, in memory only."""

    _pieces: list[Piece[Turn]] = field(default_factory=list)
    _silent: int = 0
    _awaits_code: bool = False

    @property
    def doubtful(self) -> frozenset[Turn]:
        """The turns that may still turn out to hold a part of a card number."""
        return frozenset(piece.turn for piece in self._pieces)

    def read(self, text: str, turn: Turn) -> Reading[Turn]:
        """Mask a turn, and remember its digits for the next ones."""
        found = _pieces(text)
        spans = find_in(text, found, awaits_code=self._awaits_code)
        begun = self._begun_before(found)
        if begun:
            spans.append((found[0].start, found[0].end, CARD))
        if any(label is CARD for *_, label in spans):
            # A whole card in one turn is often the second attempt at one spread over several.
            begun = begun or self._pieces
            self._pieces = []
        else:
            self._remember(text, turn, found, spans)
        earlier = tuple(piece.as_card() for piece in begun)
        self._awaits_code = cards.awaits_code(text)
        return Reading(mask(text, spans), bool(spans), earlier)

    def forget(self, turn: Turn) -> None:
        """A turn is taken back: its words will come again within a longer one."""
        self._pieces = [piece for piece in self._pieces if piece.turn != turn]

    def _begun_before(self, found: list[Run]) -> list[Piece[Turn]]:
        """The pieces that become a card number with the first digits of this turn."""
        if not found:
            return []
        for first in range(len(self._pieces)):
            before = "".join(piece.run.digits for piece in self._pieces[first:])
            if cards.begins_with_rest_of_card(before, found[0]):
                return self._pieces[first:]
        return []

    def _remember(self, text: str, turn: Turn, found: list[Run], spans: list[Span]) -> None:
        # One digit alone ("one, please") is no part of a number being read out.
        last = found[-1] if found and len(found[-1].digits) > 1 else None
        self._silent = 0 if last else self._silent + 1
        if self._silent >= MOST_SILENT or len(found) > 1:
            self._pieces = []
        if last is not None:
            self._pieces.append(Piece(turn, text, last, tuple(spans)))
        self._pieces = self._pieces[-MOST_PIECES:]
        while self._pieces and not cards.may_become_card(self._digits):
            del self._pieces[0]

    @property
    def _digits(self) -> str:
        return "".join(piece.run.digits for piece in self._pieces)


def _pieces(text: str) -> list[Run]:
    """The digits of a turn; as they were read out, if that makes one piece of several or none."""
    found = runs(text)
    aloud = stretches(text)
    return [aloud[0].readings[0]] if len(aloud) == 1 != len(found) else found


def find_cards(text: str) -> list[Span]:
    """Where in a text that stands alone cards and their codes are told."""
    return find_in(text, runs(text))


def find_in(text: str, found: list[Run], *, awaits_code: bool = False) -> list[Span]:
    """The same, for what is known of the text: its digits, and whether a code was asked for."""
    aloud = stretches(text)
    spans = [(run.start, run.end, CARD) for run in found if cards.holds_card(run)]
    spans += [(each.start, each.end, CARD) for each in aloud if cards.read_aloud(text, each)]
    spans += [(start, end, CODE) for start, end in cards.codes(text, found, aloud)]
    code = cards.leading_code(text) if awaits_code else None
    spans += [(*code, CODE)] if code else []
    last = max((end for _, end, label in spans if label is CARD), default=None)
    after = cards.after_card(text, last) if last is not None else ()
    return merged([*spans, *((start, end, CODE) for start, end in after)])


def merged(spans: list[Span]) -> list[Span]:
    """Spans that do not overlap; a card swallows what lies in it."""
    kept: list[Span] = []
    for start, end, label in sorted(spans, key=lambda span: (span[0], -span[1])):
        if kept and start < kept[-1][1]:
            first, last, before = kept[-1]
            kept[-1] = (first, max(last, end), CARD if CARD in (before, label) else before)
        else:
            kept.append((start, end, label))
    return kept


def redact(text: str) -> str:
    """Mask the cards in a text that stands alone."""
    return mask(text, find_cards(text))


def mask(text: str, spans: Iterable[Span]) -> str:
    """Put labels in place of spans; of two that overlap, the one that begins first wins."""
    kept, at = [], 0
    for start, end, label in sorted(spans):
        if start >= at:
            kept += [text[at:start], label]
        at = max(at, end)
    return "".join([*kept, text[at:]])
