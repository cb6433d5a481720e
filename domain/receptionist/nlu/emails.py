"""E-mail addresses, written or read out: "j dot smith at gmail dot com"."""

import re
from dataclasses import dataclass

from domain.receptionist.nlu.heard import Heard
from domain.receptionist.nlu.spans import Span, Word
from domain.receptionist.nlu.spelling import as_in, letter_of

_WRITTEN = re.compile(r"[a-z0-9][a-z0-9._%+\-]*@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+")
_MARKS = {
    "dot": ".",
    "point": ".",
    "period": ".",
    ".": ".",
    "underscore": "_",
    "dash": "-",
    "hyphen": "-",
    "-": "-",
    "minus": "-",
    "plus": "+",
}
_SKIPPED = frozenset(
    [
        "capital",
        "lowercase",
        "uppercase",
        "lower",
        "upper",
        "case",
        "all",
        "one",
        "word",
        ",",
        "then",
        "uh",
        "um",
    ]
)
_NOT_LOCAL = frozenset(
    [
        "is",
        "it's",
        "its",
        "email",
        "mail",
        "address",
        "my",
        "the",
        "to",
        "me",
        "at",
        "that's",
        "you",
        "can",
        "send",
        "yes",
        "yeah",
        "sure",
        "ok",
        "okay",
        "reach",
        "for",
        "on",
        "please",
        "contact",
    ]
)
_MAILBOXES = {"gmail", "yahoo", "hotmail", "outlook", "icloud", "aol", "protonmail", "live", "msn"}
_ENDINGS = frozenset(
    [
        "com",
        "net",
        "org",
        "co",
        "uk",
        "edu",
        "gov",
        "io",
        "de",
        "fr",
        "ca",
        "au",
        "us",
        "info",
        "biz",
        "ie",
        "nl",
        "me",
    ]
)
_SPLIT_NAMES = {("g", "mail"): "gmail", ("hot", "mail"): "hotmail", ("out", "look"): "outlook"}


@dataclass(frozen=True)
class EmailMention:
    """An address in lower case, where it was said."""

    span: Span
    address: str


def find_email(heard: Heard) -> EmailMention | None:
    """The first address of the utterance, written or spoken."""
    if written := _WRITTEN.search(heard.original.lower()):
        return EmailMention(Span(*written.span()), written.group().rstrip("."))
    words = heard.words
    for at, word in enumerate(words):
        if word.text in {"at", "@"} and (found := _around(words, at)):
            return found
    return None


def _around(words: tuple[Word, ...], at: int) -> EmailMention | None:
    domain, end = _domain(words, at + 1)
    local, start = _local(words, at)
    if not domain or not local:
        return None
    return EmailMention(Span(words[start].start, words[end - 1].end), f"{local}@{domain}")


def _domain(words: tuple[Word, ...], at: int) -> tuple[str, int]:
    """Read "gmail dot com" or "gmail com" from `at`; returns it and the index after it."""
    parts: list[str] = []
    while at < len(words):
        text = words[at].text
        pair = (text, words[at + 1].text if at + 1 < len(words) else "")
        if pair in _SPLIT_NAMES:
            parts.append(_SPLIT_NAMES[pair])
            at += 1
        elif text in {"dot", "point", "."}:
            parts.append(".")
        elif parts and parts[-1] in _MAILBOXES and text in _ENDINGS:
            parts += [".", text]
        elif _closed(parts) or not text.isalnum():
            break
        else:
            parts.append(text)
        at += 1
    name = "".join(parts).strip(".")
    return (name, at) if "." in name and _ends_well(name) else ("", at)


def _closed(parts: list[str]) -> bool:
    return len(parts) > 2 and parts[-2] == "." and parts[-1] in _ENDINGS


def _ends_well(name: str) -> bool:
    return bool(re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", name))


def _local(words: tuple[Word, ...], at: int) -> tuple[str, int]:
    """Read backwards from the "at" to the first word that belongs to the sentence."""
    start = at
    while start > 0 and words[start - 1].text not in _NOT_LOCAL:
        start -= 1
    return _joined([word.text for word in words[start:at]]), start


def _joined(texts: list[str]) -> str:
    out, at = "", 0
    while at < len(texts):
        letter, length = as_in(texts, at)
        if length:
            out += letter
            at += length
            continue
        if texts[at] not in _SKIPPED:
            out += _MARKS.get(texts[at]) or letter_of(texts[at]) or texts[at]
        at += 1
    return re.sub(r"[^a-z0-9._+\-]", "", out).strip(".")
