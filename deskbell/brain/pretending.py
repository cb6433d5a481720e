"""A caller who says what was said in a recording, when it is asked for."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time

from deskbell.brain.judging import Known, core_of, is_right, slot_is_right
from deskbell.brain.premises import slot_of
from deskbell.brain.reading import Line
from deskbell.brain.setting import now_of
from domain.receptionist import speaking
from domain.receptionist.briefing import Briefing
from domain.receptionist.nlu.dates import find_dates
from domain.receptionist.nlu.day_arithmetic import WEEKDAYS
from domain.receptionist.nlu.heard import hear
from domain.receptionist.questions import staff_name
from domain.receptionist.state import Asked, State

BOOK = "I would like to book an appointment."
YES = "Yes, please."
_BOOKING = "BookAppointment"
# "I'd like to make an appointment", in a recording without labelled acts.
_WISH = re.compile(r"\b(?:appointment|schedule|book|viewing|view|visit|see)\b", re.IGNORECASE)
_AGREES = ("AFFIRM", "SELECT", "AFFIRM_INTENT")
_YES = re.compile(r"\W*(?:yes|yeah|yep|sure|ok|okay|great|perfect|sounds)\b", re.IGNORECASE)


@dataclass
class Pretender:
    """What the caller wants, and what is left to say of each thing."""

    line: Line
    left: dict[str, list[str]] = field(default_factory=dict)
    opened: bool = False
    agreed: bool = False
    """Whether the recorded yes was said already."""

    @classmethod
    def of(cls, line: Line) -> "Pretender":
        """The caller of a dialogue, before the first word."""
        caller = cls(line)
        for slot in (_whom(line), _day(line), "time", "name"):
            if slot in line["gold"]:
                caller.left[slot] = [*caller._recorded(slot), caller._plainly(slot)]
        return caller

    def answer(self, state: State, briefing: Briefing) -> str | None:
        """What to say next; None is to hang up."""
        if not self.opened:
            self.opened = True
            return self._opening()
        if state.asked in (Asked.HELP, Asked.SERVICE):
            return BOOK
        if state.asked is Asked.SLOT:
            return self._about_offers(state)
        if state.asked is Asked.COMMIT:
            return self._about_read_back(state, briefing)
        asked = {Asked.SCREENING: _whom, Asked.STAFF: _whom, Asked.WHEN: _day}.get(state.asked)
        if asked is None:
            return self._say("name") if state.asked is Asked.NAME else None
        return self._say(asked(self.line))

    def _say(self, slot: str) -> str:
        """The recorded words that carry it; once these are used up, plain ones."""
        left = self.left.get(slot) or [YES]
        return left.pop(0) if len(left) > 1 else left[0]

    def _opening(self) -> str:
        """The words with which the booking was asked for."""
        turns = [turn for turn in self.line["turns"] if turn["who"] == "caller"]
        for turn in turns:
            acts = turn.get("acts") or []
            if any(act == "INFORM_INTENT" and _BOOKING in values for act, _, values in acts):
                return str(turn["text"])
        agreed = next(
            (t for t in turns if any(a[0] == "AFFIRM_INTENT" for a in t.get("acts") or [])), None
        )
        wished = next((t for t in turns if t.get("acts") is None and _WISH.search(t["text"])), None)
        chosen = agreed or wished
        return str(chosen["text"]) if chosen else BOOK

    def _about_offers(self, state: State) -> str:
        """Take the right one of the times on offer, or say again when to come."""
        for offer in state.frame.offers:
            known = {"date": offer.starts_at.date(), "time": offer.starts_at.time()}
            if is_right(self.line, known, (_day(self.line), "time")):
                return self._say("time")
        days = {offer.starts_at.date() for offer in state.frame.offers}
        right_day = any(slot_is_right(self.line, {"date": day}, _day(self.line)) for day in days)
        return self._say("time" if right_day else _day(self.line))

    def _about_read_back(self, state: State, briefing: Briefing) -> str:
        """Agree if it is right; else say what is wrong."""
        known = _read_back(state, briefing)
        wanted = (_whom(self.line), *core_of(self.line))
        for slot in dict.fromkeys(wanted):
            if slot in self.line["gold"] and not slot_is_right(self.line, known, slot):
                return f"No, {self._say(slot)}"
        return self._yes()

    def _yes(self) -> str:
        turns = [turn for turn in self.line["turns"] if turn["who"] == "caller"]
        labelled = [t for t in turns if any(a[0] == "AFFIRM" for a in t.get("acts") or [])]
        told = labelled or [t for t in turns if t.get("acts") is None and _YES.match(t["text"])]
        words = str(told[-1]["text"]) if told and not self.agreed else YES
        self.agreed = True
        return words

    def _recorded(self, slot: str) -> list[str]:
        """The last utterance that carries the value; where none does, the last about it."""
        turns = [turn for turn in self.line["turns"] if turn["who"] == "caller"]
        about = [turn for turn in turns if self._values(turn, slot)]
        carrying = [turn for turn in about if self._is_gold(self._values(turn, slot), slot)]
        chosen = (carrying or about)[-1:]
        return [str(turn["text"]) for turn in chosen]

    def _values(self, turn: Line, slot: str) -> list[str]:
        """What a turn says of a slot: by its acts, or else by the words of the label."""
        if turn.get("acts") is not None:
            told = [act for act in turn["acts"] if act[0] == "INFORM" and slot_of(act[1]) == slot]
            return [str(value) for act in told for value in act[2]]
        return [self.line["gold"][slot]] if self._mentions(str(turn["text"]), slot) else []

    def _mentions(self, text: str, slot: str) -> bool:
        gold, said = self.line["gold"][slot].lower(), text.lower()
        if slot == "day" and gold in WEEKDAYS:
            found = find_dates(hear(text), now_of(self.line).date())
            return any(day.first.weekday() == WEEKDAYS[gold] for day in found if day.is_day)
        if slot == "time":
            hour = re.match(r"\d{1,2}(?::\d\d)?", gold)
            return bool(hour and re.search(rf"(?<!\d){re.escape(hour[0])}(?![\d:])", said))
        strong = [word for word in re.findall(r"[a-z]{3,}", gold) if word not in ("apartments",)]
        return bool(strong) and any(re.search(rf"\b{re.escape(word)}\b", said) for word in strong)

    def _is_gold(self, values: list[str], slot: str) -> bool:
        accepted = {self.line["gold"][slot], *(self.line.get("accept") or {}).get(slot, ())}
        return bool(accepted & set(values))

    def _plainly(self, slot: str) -> str:
        """The value in plain words, for what the recorded caller never said."""
        gold = self.line["gold"][slot]
        if slot == "date":
            return f"On {speaking.date_named(date.fromisoformat(gold))}, please."
        if slot == "time" and re.fullmatch(r"\d\d:\d\d", gold):
            return f"At {speaking.clock(time.fromisoformat(gold))}, please."
        return _PLAINLY.get(slot, "{}, please.").format(gold)


_PLAINLY = {
    "day": "On {}, please.",
    "name": "My name is {}.",
    "property": "{}, please.",
    "provider": "With {}, please.",
    "time": "At {}, please.",
}


def _read_back(state: State, briefing: Briefing) -> Known:
    chosen = state.frame.chosen
    at: datetime | None = chosen.starts_at if chosen else None
    staff = staff_name(briefing, state.frame.staff_id)
    return {
        "provider": staff,
        "property": staff,
        "date": at.date() if at else None,
        "time": at.time() if at else None,
        "name": state.name,
    }


def _whom(line: Line) -> str:
    return "property" if "property" in line["gold"] else "provider"


def _day(line: Line) -> str:
    return "day" if "day" in line["gold"] else "date"
