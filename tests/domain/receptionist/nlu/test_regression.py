"""Floors just below what is reached on samples of public corpora (tests/data/nlu)."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.receptionist.nlu.birth_dates import find_birth_date
from domain.receptionist.nlu.dates import DateMention, find_dates
from domain.receptionist.nlu.faq import Entry, Knowledge
from domain.receptionist.nlu.heard import Heard, hear
from domain.receptionist.nlu.intents import find_intent
from domain.receptionist.nlu.names import find_name
from domain.receptionist.nlu.party import find_party
from domain.receptionist.nlu.phones import find_phone
from domain.receptionist.nlu.times import find_times

DATA = Path(__file__).parents[3] / "data" / "nlu"
Line = dict[str, Any]


def lines(file: str, kind: str | None = None) -> list[Line]:
    rows = [json.loads(line) for line in (DATA / file).read_text().splitlines()]
    return [row for row in rows if kind in {None, row.get("type")}]


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


def reference(line: Line) -> datetime:
    return datetime.fromisoformat(line["ref_datetime"][:16])


def date_is_found(line: Line) -> bool:
    heard, today = hear(line["text"]), reference(line).date()
    british = line["source"].startswith("EVI")
    found: list[DateMention] = list(find_dates(heard, today, day_first=british))
    if line.get("context_slot") == "date_of_birth":
        born = find_birth_date(heard, today, day_first=british)
        found += [born] if born else []
    days = {day for item in found for day in (item.first, item.last, item.alternative) if day}
    return line["value"] in {day.isoformat() for day in days}


def time_is_found(line: Line) -> bool:
    heard, now = hear(line["text"]), reference(line)
    dates = tuple(mention.span for mention in find_dates(heard, now.date()))
    clocks = {mention.at.strftime("%H:%M") for mention in find_times(heard, now, dates, asked=True)}
    if line.get("ambiguous_ampm"):
        hour, minute = line["value"].split(":")
        return bool(clocks & {line["value"], f"{(int(hour) + 12) % 24:02}:{minute}"})
    return line["value"] in clocks


def phone_is_found(line: Line) -> bool:
    found = find_phone(hear(line["text"]), "US")
    return found is not None and found.digits == line["value"]


def party_is_found(line: Line) -> bool:
    found = find_party(hear(line["text"]), asked=True)
    return found is not None and found.count == line["value"]


def name_is_found(line: Line) -> bool:
    asked = line["source"].startswith("MultiDoGO")
    found = find_name(line["text"], asked=asked)
    return found is not None and found.name.lower() == line["value"].lower()


def heard_of(line: Line) -> Heard:
    return hear(line["text"])


def test_dates_of_public_corpora_are_read() -> None:
    assert share([date_is_found(line) for line in lines("entities.jsonl", "date")]) >= 0.9


def test_times_of_public_corpora_are_read() -> None:
    assert share([time_is_found(line) for line in lines("entities.jsonl", "time")]) >= 0.96


def test_phone_numbers_of_public_corpora_are_read() -> None:
    assert share([phone_is_found(line) for line in lines("entities.jsonl", "phone")]) == 1


def test_counts_of_public_corpora_are_read() -> None:
    assert share([party_is_found(line) for line in lines("entities.jsonl", "number")]) >= 0.9


def test_names_of_public_corpora_are_read() -> None:
    # Half of the lines name the payee of a transfer, whom no caller of a business introduces.
    assert share([name_is_found(line) for line in lines("entities.jsonl", "name")]) >= 0.6


def test_untrained_wishes_are_recognised() -> None:
    unseen = [line for line in lines("intents.jsonl") if line["source"] == "SGD"]

    assert share([find_intent(heard_of(line)).label == line["intent"] for line in unseen]) >= 0.7


def test_trained_wishes_stay_recognised() -> None:
    seen = [line for line in lines("intents.jsonl") if line["source"] != "SGD"]

    assert share([find_intent(heard_of(line)).label == line["intent"] for line in seen]) >= 0.95


def test_questions_find_their_entry() -> None:
    right = []
    for line in lines("faq.jsonl"):
        entries = [Entry(key, item["q"], item["a"]) for key, item in line["faqs"].items()]
        right.append(Knowledge(entries).search(line["question"])[0].entry.id == line["gold"])

    assert share(right) >= 0.75
