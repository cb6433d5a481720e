"""A live conversation: the pure core between what is heard, what is done and what is said.

The same driver serves voice, chat and tests. Nothing is claimed aloud that has not happened, and
a tool's answer is not lost when the caller interrupts.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from uuid import UUID

from domain import conversations
from domain.consent.service import Evidence
from domain.consent.terms import Outcome
from domain.conversations import Said
from domain.conversations.acts import Act, Disposition, End, Expects, Say, Transfer
from domain.conversations.models import Speaker
from domain.personal import DataClass
from domain.privacy.card_talk import tells_card, without_numbers
from domain.privacy.identity import OURS, record_without_identity, without_identity
from domain.privacy.policy import Destination
from domain.privacy.redaction import CARD, CardWatch, Earlier, Reading
from domain.privacy.sensitive import redact_for, redact_record
from domain.receptionist.briefing import Briefing
from domain.receptionist.consenting import manner_of, may_keep
from domain.receptionist.core import decide, start
from domain.receptionist.evidence import Step, step
from domain.receptionist.findings import answers, outcome_of
from domain.receptionist.journal import Journal
from domain.receptionist.listening import likeliest
from domain.receptionist.moves import (
    Announced,
    Event,
    Finish,
    Heard,
    Keyed,
    Move,
    Opened,
    PutThrough,
    Quote,
    Silent,
    Stalled,
    ToolAnswered,
    UseTool,
    Utter,
)
from domain.receptionist.nlu.names import find_name
from domain.receptionist.paying import refuse_card
from domain.receptionist.ports import Transcript
from domain.receptionist.state import Asked, State
from domain.receptionist.tools import Toolbox

log = logging.getLogger(__name__)

# Seconds of silence after which somebody who waits for an answer hears that it is coming.
COMPANY = 3.0
# Somebody who writes has no keypad, and nothing to hang up.
IN_WRITING = {
    "ask_phone_again": "ask_phone_again_written",
    "clinical_notice": "clinical_notice_written",
    "emergency": "emergency_written",
    "emergency_perhaps": "emergency_perhaps_written",
    "emergency_perhaps_self_harm": "emergency_perhaps_self_harm_written",
    "emergency_self_harm": "emergency_self_harm_written",
    "goodbye": "goodbye_written",
    "no_appointments": "no_appointments_written",
    "nobody_to_transfer": "nobody_to_transfer_written",
}


@dataclass(frozen=True)
class Reaction:
    """Something the caller said, and the mind before it was heard."""

    text: str
    offset_ms: int
    before: State
    position: int


class Conversation:
    """One caller and the receptionist, from greeting to goodbye. Implements `Dialogue`."""

    def __init__(self, id: UUID, toolbox: Toolbox, journal: Journal) -> None:
        self.id = id
        self.state = start(toolbox.briefing)
        self._tools = toolbox
        self._journal = journal
        self._clock = toolbox.unit_of_work.clock
        self._began = self._clock.monotonic()
        self._position = 0
        self._cards: CardWatch[int] = CardWatch()
        self._held: list[Said] = []
        self._steps: list[Step] = []
        self._words: list[str] = []
        self._spoke_at = 0
        self._caller_said: Said | None = None
        self._tool: asyncio.Task[ToolAnswered] | None = None
        self._last: Reaction | None = None
        self._ended = False
        self.on_settled: Callable[[Outcome], None] = lambda outcome: None
        """Told at once when the caller agrees, refuses or takes it back."""
        self.company = COMPANY
        self._told = False
        self._names: set[str] = set()
        self._named = toolbox.scope.tenant.privacy.keeps(DataClass.CALLER_IDENTITY)

    @property
    def briefing(self) -> Briefing:
        """What the receptionist knew before the first word."""
        return self._tools.briefing

    async def open(self) -> AsyncIterator[Act]:
        """Greet, and say what must be said first."""
        async for act in self._react(Opened(self._now)):
            yield act

    def announced(self, *, offset_ms: int) -> None:
        """The caller has heard what must be said before anything is kept."""
        if self.state.consent is None and not self.briefing.consent.asks:
            self._decide(Announced(self._now), offset_ms)

    async def hear(self, transcript: Transcript, *, offset_ms: int) -> AsyncIterator[Act]:
        """Answer what the caller said, `offset_ms` into the conversation."""
        self._take_back_if_continued(transcript.text, offset_ms)
        reading = self._read(self._best_of(transcript))
        self._last = Reaction(transcript.text, offset_ms, self.state, self._position)
        self._caller_said = self._said(Speaker.CALLER, reading.text, offset_ms)
        async for act in self._react(Heard(reading.text, self._now), warn=reading.found):
            yield act

    def _best_of(self, transcript: Transcript) -> str:
        """What was said, by the guess that answers what was asked."""
        if not transcript.alternatives:
            return transcript.text
        guesses = (transcript.text, *transcript.alternatives)
        return likeliest(guesses, self.state, self.briefing, self._now)

    async def keyed(self, digits: str) -> AsyncIterator[Act]:
        """Answer pressed keys."""
        reading = self._read(digits)
        self._caller_said = self._said(Speaker.CALLER, f"[keys {reading.text}]", self._offset)
        async for act in self._react(Keyed(reading.text, self._now), warn=reading.found):
            yield act

    async def silent(self, times: int) -> AsyncIterator[Act]:
        """Say something to a caller who says nothing."""
        self._close_turn()
        async for act in self._react(Silent(times, self._now)):
            yield act

    async def stalled(self, attempt: int) -> AsyncIterator[Act]:
        """Go on without whatever it is that does not answer."""
        self._close_turn()
        log.warning("conversation %s stalled, attempt %s", self.id, attempt)
        async for act in self._react(Stalled(attempt, self._now)):
            yield act
        await self._report_stall(attempt)

    async def heard(self, spoken: str) -> None:
        """Keep of the last words only what the caller let the receptionist say."""
        self._words = [spoken]
        self._close_turn(interrupted=True)

    async def heard_out(self) -> None:
        """Store what was said last: it was heard to its end, and nothing of it is taken back."""
        self._last = None
        self._close_turn()

    async def close(self, disposition: Disposition) -> None:
        """Store what was said, then say that the conversation is over."""
        if self._ended:
            return
        await self.leave()
        async with self._tools.unit_of_work(self._tools.scope) as uow:
            if not uow.keeps(DataClass.TRANSCRIPT):
                outcome = outcome_of(self.state, disposition, told=self._told)
                await conversations.note_outcome(uow, self.id, outcome)
            await conversations.end(uow, self.id, disposition)

    async def leave(self) -> None:
        """Store what was said; others lead the conversation to its end."""
        self._ended = True
        if self._tool is not None:
            await self._tool
        self._close_turn()
        self._hand_over(len(self._held))
        await self._journal.flush()

    def _read(self, text: str) -> Reading[int]:
        """Mask cards before anything is decided, stored or sent, in earlier turns too."""
        self._close_turn()
        reading = self._cards.read(text, self._position)
        for earlier in reading.earlier:
            self._mask(earlier)
        if tells_card(text):
            # What of it was heard before the line was cut is not a whole number yet.
            reading = replace(reading, text=without_numbers(reading.text), found=True)
        return reading

    def _mask(self, earlier: Earlier[int]) -> None:
        self._held = [_masked(said, earlier) for said in self._held]
        self.state = State.read(earlier.scrub(self.state.written()))
        if CARD in (self.state.phone or ""):
            self.state = self.state.to(phone=None)

    async def _react(self, event: Event, *, warn: bool = False) -> AsyncIterator[Act]:
        moves = deque(await self._answer_of_interrupted_tool())
        decided = self._decide(event)
        moves.extend(refuse_card(decided, self.briefing, self._now) if warn else decided)
        while moves:
            move = moves.popleft()
            if isinstance(move, UseTool):
                kept = may_keep(self.state, self.briefing) is True
                self._tool = asyncio.create_task(self._tools.use(move, kept=kept))
                async for act in self._keep_company(move):
                    yield act
                moves.extend(await self._answer_of_tool())
            else:
                act = self._act(move)
                self._note_words(act)
                yield act

    async def _keep_company(self, waiting_for: UseTool) -> AsyncIterator[Act]:
        """Say from time to time that it is coming, on the telephone, where it takes its time."""
        assert self._tool is not None
        ability = self.briefing.ability(waiting_for.tool)
        if self.briefing.written or ability is None or not ability.holding:
            return
        # Whoever waits is not the one who is cancelled when the caller interrupts.
        while not (await asyncio.wait({self._tool}, timeout=self.company))[0]:
            act = self._say("still_looking", {})
            self._note_words(act)
            yield act

    def _note_words(self, act: Act) -> None:
        if isinstance(act, End):
            return
        self._spoke_at = self._offset if not self._words else self._spoke_at
        self._words.append(act.text if isinstance(act, Say) else act.announcement)

    def _decide(self, event: Event, offset_ms: int | None = None) -> tuple[Move, ...]:
        agreed = self.state.consent
        decision = decide(self.state, event, self.briefing)
        self.state = decision.state
        self._steps.append(step(event, decision))
        if self.state.consent is not None and self.state.consent is not agreed:
            self._settle(self.state.consent, event, offset_ms)
        return decision.moves

    def _settle(self, outcome: Outcome, event: Event, offset_ms: int | None) -> None:
        """Say so before anything else happens: not one more frame is kept after a no."""
        self.on_settled(outcome)
        heard_at = self._caller_said.offset_ms if self._caller_said else self._offset
        proof = Evidence(
            decision=self.briefing.consent,
            outcome=outcome,
            manner=manner_of(outcome, event, self.briefing),
            language=self.briefing.profile.locale,
            texts_version=self.briefing.texts.version,
            offset_ms=heard_at if offset_ms is None else offset_ms,
            at=event.at,
        )
        self._journal.note(proof)

    async def _answer_of_tool(self) -> tuple[Move, ...]:
        assert self._tool is not None
        # An interruption cancels this reply, but never what it has set in motion.
        answer = await asyncio.shield(self._tool)
        self._tool = None
        return self._decide(answer)

    async def _answer_of_interrupted_tool(self) -> tuple[Move, ...]:
        return () if self._tool is None else await self._answer_of_tool()

    def _act(self, move: Move) -> Act:
        match move:
            case Utter(key, values):
                return self._say(key, values)
            case Quote(text, _):
                return Say(text)
            case PutThrough(transfer_id, number, label):
                announcement = self.briefing.texts.say("transferring", target=label)
                return Transfer(UUID(transfer_id), number, announcement)
            case Finish():
                return End(Disposition.COMPLETED)
        raise TypeError(f"{move} is not something to say")

    def _say(self, key: str, values: dict[str, str]) -> Say:
        line = self.briefing.texts[IN_WRITING.get(key, key) if self.briefing.written else key]
        if line.claims and line.claims not in self.state.effects:
            log.error("blocked %r: %s has not happened in %s", key, line.claims, self.id)
            return Say(self.briefing.texts.say("tool_failed"))
        digits = self.state.asked is Asked.PHONE
        return Say(
            line.text.format(**values),
            interruptible=line.interruptible,
            expects=Expects.DIGITS if digits else Expects.ANYTHING,
            announces=line.announces,
        )

    def _take_back_if_continued(self, text: str, offset_ms: int) -> None:
        """A caller who paused and went on said one thing: hear it as one, unless it had effect."""
        last = self._last
        # What is written is sent whole.
        if self.briefing.written or last is None or not text.startswith(last.text):
            return
        if text == last.text:
            if offset_ms == last.offset_ms:
                # Heard again because the first answer failed.
                self._cards.forget(last.position)
        elif self._tool is None and self._changed_nothing_since(last.before):
            self.state = last.before
            self._cards.forget(last.position)
            self._caller_said, self._words, self._steps = None, [], []

    def _changed_nothing_since(self, before: State) -> bool:
        agreed = self.state.consent is before.consent
        return agreed and self.state.effects == before.effects

    def _close_turn(self, *, interrupted: bool = False) -> None:
        """Hand what was said last to the journal, with how the answer was decided."""
        if self._caller_said is not None:
            self._held.append(self._caller_said)
        if self._words or self._steps:
            words = self._said(Speaker.RECEPTIONIST, " ".join(self._words), self._spoke_at)
            evidence = {"steps": self._steps}
            self._told = self._told or answers(self._steps)
            self._held.append(replace(words, evidence=evidence, interrupted=interrupted))
        self._caller_said, self._words, self._steps = None, [], []
        # What may be the beginning of a card number waits in memory until the caller goes on.
        doubtful = self._cards.doubtful
        certain = takewhile(lambda said: said.position not in doubtful, self._held)
        self._hand_over(len(list(certain)))

    def _hand_over(self, count: int) -> None:
        allowed = may_keep(self.state, self.briefing)
        if allowed is None:
            # What was said waits in memory until it is known whether it may be written down.
            return
        for said in self._held[:count] if allowed else ():
            kept = said if self._named else self._unnamed(said)
            self._journal.note(self._discreet(kept))
        del self._held[:count]

    def _discreet(self, said: Said) -> Said:
        """What was said, without what the business promises to keep out of its record."""
        profile = self._tools.scope.tenant.privacy
        if not profile.masks(Destination.RECORD):
            return said
        text = redact_for(said.text, Destination.RECORD, profile).text
        evidence = redact_record(said.evidence, Destination.RECORD, profile, OURS)
        return replace(said, text=text, evidence=evidence)

    def _unnamed(self, said: Said) -> Said:
        """What was said, without who said it."""
        told = find_name(said.text)
        names = (self.state.name, self.briefing.caller.name, told.name if told else None)
        # Once said, a name is known to the end: the record of an answer repeats the question.
        self._names.update(name for name in names if name)
        text = without_identity(said.text, self._names)
        evidence = record_without_identity(said.evidence, self._names)
        return replace(said, text=text, evidence=evidence)

    def _said(self, speaker: Speaker, text: str, offset_ms: int) -> Said:
        said = Said(self._position, speaker, text, self._now, offset_ms)
        self._position += 1
        return said

    async def _report_stall(self, attempt: int) -> None:
        try:
            async with self._tools.unit_of_work(self._tools.scope) as uow:
                await conversations.stalled(uow, self.id, attempt)
        except Exception:
            # The caller has been answered; what stalls us may be the database itself.
            log.exception("could not report that conversation %s stalled", self.id)

    @property
    def _now(self) -> datetime:
        return self._tools.now

    @property
    def _offset(self) -> int:
        return int((self._clock.monotonic() - self._began) * 1000)


def _masked(said: Said, earlier: Earlier[int]) -> Said:
    """A turn that is not stored yet, without what it gave away of a card."""
    text = said.text
    if said.position == earlier.turn:
        text = text.replace(earlier.said, earlier.text)
    return replace(said, text=earlier.scrub(text), evidence=earlier.scrub(said.evidence))
