"""Labelled lines, as people write them: one JSON object a line, labels spelled in many ways."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.errors import InvalidInput

UNKNOWN_LANGUAGE = "unknown"
YES = frozenset({"true", "1", "yes", "y", "t", "positive", "pos"})
NO = frozenset(
    {"false", "0", "no", "n", "f", "none", "not", "negative", "neg", "null", "other", "harmless"}
)
# What is urgent and threatens nobody's life is no emergency here.
NO_EMERGENCY = NO | {
    "dental", "home", "normal", "not_emergency", "non_emergency", "no_emergency", "property",
    "routine", "safe", "urgent", "idiom", "past", "negated",
}  # fmt: skip
STOP = YES | {"stop", "optout", "opt_out", "unsubscribe", "revoke", "stop_all", "out"}
NOT_STOP = NO | {
    "start", "unstop", "optin", "opt_in", "help", "info", "not_optout", "not_opt_out", "not_stop",
    "no_optout", "no_stop", "in", "appointment", "chat",
}  # fmt: skip
KINDS = {
    "pan": "card", "card_number": "card", "cardnumber": "card", "number": "card",
    "credit_card": "card", "cvc": "cvv", "cvv2": "cvv", "csc": "cvv", "cid": "cvv", "code": "cvv",
    "security_code": "cvv", "exp": "expiry", "expiration": "expiry", "expiry_date": "expiry",
}  # fmt: skip


class UnreadableLine(InvalidInput):
    """A line that is not what was agreed; says which."""

    code = "UNREADABLE_LINE"

    def __init__(self, path: Path, number: int, what: str) -> None:
        super().__init__(f"{path}, line {number}: {what}")
        self.line = number


@dataclass(frozen=True)
class Labelled:
    """A text, and whether the net should be drawn."""

    text: str
    label: bool
    language: str
    part: str | None


@dataclass(frozen=True)
class Spanned:
    """A text, and where in it there is something to mask."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    language: str
    part: str | None


def emergencies(path: Path) -> list[Labelled]:
    """Lines of `{text, label, lang}`; a name that is not a harmless one is a kind of emergency.

    Raises `UnreadableLine`.
    """
    return _labelled(path, lambda name: name not in NO_EMERGENCY)


def optouts(path: Path) -> list[Labelled]:
    """Lines of `{text, label, lang}`; true where no more messages are wanted.

    Raises `UnreadableLine`.
    """
    return _labelled(path, _is_stop)


def cards(path: Path) -> list[Spanned]:
    """Lines of `{text, spans, kinds, lang}`; spans are characters. Raises `UnreadableLine`."""
    return [_spanned(path, number, line) for number, line in _lines(path)]


def _is_stop(name: str) -> bool | None:
    return True if name in STOP else False if name in NOT_STOP else None


def _labelled(path: Path, meaning: Callable[[str], bool | None]) -> list[Labelled]:
    found = []
    for number, line in _lines(path):
        if "label" not in line:
            raise UnreadableLine(path, number, "there is no label")
        label = meaning(_name(line["label"]))
        if label is None or not isinstance(line["label"], (str, int, float, bool, type(None))):
            raise UnreadableLine(path, number, f"{line['label']!r} is no label")
        found.append(Labelled(line["text"], label, _language(line), line.get("part")))
    return found


def _spanned(path: Path, number: int, line: dict[str, Any]) -> Spanned:
    spans, kinds = line.get("spans") or [], line.get("kinds") or []
    if isinstance(kinds, str):
        kinds = [kinds] * len(spans)
    if not isinstance(spans, list) or (kinds and len(kinds) != len(spans)):
        raise UnreadableLine(path, number, "spans and kinds must be lists of one length")
    read = []
    for at, span in enumerate(spans):
        match span:
            case [int(start), int(end), *_] if 0 <= start < end <= len(line["text"]):
                pass
            case {"start": int(start), "end": int(end)} if 0 <= start < end <= len(line["text"]):
                pass
            case _:
                raise UnreadableLine(path, number, f"{span!r} is no place in the text")
        kind = _name(kinds[at]) if kinds else "card"
        read.append((start, end, KINDS.get(kind, kind)))
    return Spanned(line["text"], tuple(read), _language(line), line.get("part"))


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        written = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise InvalidInput(f"{path} cannot be read: {fault}") from fault
    # Not `splitlines`: a text may hold separators of its own.
    for number, line in enumerate(written.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as fault:
            raise UnreadableLine(path, number, f"this is not JSON: {fault.msg}") from fault
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            raise UnreadableLine(path, number, "a line is an object with a text")
        yield number, value


def _name(label: object) -> str:
    return str(label).strip().lower().replace("-", "_").replace(" ", "_").removesuffix(".0")


def _language(line: dict[str, Any]) -> str:
    given = line.get("lang") or line.get("language")
    language = str(given).lower().replace("_", "-").partition("-")[0] if given else ""
    return language or UNKNOWN_LANGUAGE
