"""Questions as CRMs take them (SOQL, COQL), as far as ours go: parsed, and refused where wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
Condition = Callable[[Row], bool]
ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
WHOLE = re.compile(
    r"select (?P<columns>[\w., ]+) from (?P<table>\w+) where (?P<where>.+)"
    r" order by (?P<order>[\w, ]+) limit (?P<most>\d+)",
    re.I | re.S,
)
PART = re.compile(r"\s*(?:(?P<name>[A-Za-z][\w.]*)\s*(?P<operator>>=|=|>|like)\s*)", re.I)
BARE = re.compile(r"[\w:.+-]+")
JOINT = re.compile(r"\s+(or|and)\s+", re.I)


class Malformed(Exception):
    """It is no question."""


@dataclass
class Question:
    """A question that was understood."""

    columns: list[str]
    table: str
    names: set[str]
    holds: Condition
    order: list[str]
    most: int


class Parser:
    """Reads conditions, from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.names = text, 0, set[str]()

    def whole(self) -> Condition:
        condition = self.either()
        if self.at != len(self.text):
            raise Malformed(self.text[self.at :])
        return condition

    def either(self) -> Condition:
        found = self.one()
        while joint := JOINT.match(self.text, self.at):
            self.at = joint.end()
            found = _joined(found, joint[1].lower(), self.one())
        return found

    def one(self) -> Condition:
        if self.text[self.at : self.at + 1] == "(":
            self.at += 1
            inner = self.either()
            if self.text[self.at : self.at + 1] != ")":
                raise Malformed("a bracket is open")
            self.at += 1
            return inner
        part = PART.match(self.text, self.at)
        if part is None:
            raise Malformed(self.text[self.at :])
        self.at = part.end()
        self.names.add(part["name"])
        return _compared(part["name"], part["operator"].lower(), self.value())

    def value(self) -> str:
        if self.text[self.at : self.at + 1] != "'":
            bare = BARE.match(self.text, self.at)
            if bare is None:
                raise Malformed(self.text[self.at :])
            self.at = bare.end()
            return bare[0]
        return self.quoted()

    def quoted(self) -> str:
        read, self.at = "", self.at + 1
        while self.at < len(self.text):
            sign = self.text[self.at]
            self.at += 1
            if sign == "'":
                return read
            if sign == "\\":
                sign = ESCAPED.get(self.text[self.at], self.text[self.at])
                self.at += 1
            read += sign
        raise Malformed("a quotation is open")


def understood(text: str) -> Question:
    """A question, taken apart. Raises `Malformed`."""
    found = WHOLE.fullmatch(text)
    if found is None:
        raise Malformed(text)
    parser = Parser(found["where"])
    holds = parser.whole()
    columns = [each.strip() for each in found["columns"].split(",")]
    order = [each.split()[0] for each in found["order"].split(",")]
    names = parser.names | {*columns} | {*order}
    return Question(columns, found["table"], names, holds, order, int(found["most"]))


def _joined(one: Condition, word: str, other: Condition) -> Condition:
    if word == "or":
        return lambda row: one(row) or other(row)
    return lambda row: one(row) and other(row)


def _compared(name: str, operator: str, value: str) -> Condition:
    if operator == "like":
        pattern = re.compile(".*".join(map(re.escape, value.split("%"))), re.I | re.S)
        return lambda row: pattern.fullmatch(str(row.get(name) or "")) is not None
    if operator == "=":
        return lambda row: str(row.get(name) or "").lower() == value.lower()
    return lambda row: _moment(row.get(name)) >= _moment(value)


def _moment(value: Any) -> str:
    """To compare by: digits of the year and so on, to the second."""
    return re.sub(r"\D", "", str(value or ""))[:14]
