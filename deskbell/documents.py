"""The parts of `docs/` that are made from code, so that they cannot become untrue.

A made part stands between `<!-- made: name -->` and `<!-- end -->`; the words around it are ours.
"""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from api.graphql.rights import operations
from api.graphql.schema import build_schema
from deskbell import event_catalogue
from deskbell.env_example import variable_of
from deskbell.nets import figures
from deskbell.promises import Entry, ledger, marked
from deskbell.settings import Settings
from domain import events
from domain.events import Event
from domain.privacy import processing
from domain.privacy.presets import CALLERS, CUSTOMERS, DEFAULT
from plugins import spec
from tenants.roles import OF_ROLE
from tenants.watch.rules import NORMS, Norm, Rule

SHARES = ("recall", "precision", "false_alarm_rate")
DOCS = Path(__file__).parents[1] / "docs"
MADE = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def documents() -> dict[Path, str]:
    """Each page of `docs/` that has made parts, as it should be."""
    pages = {path: path.read_text() for path in sorted(DOCS.glob("*.md"))}
    return {path: MADE.sub(_renewed, text) for path, text in pages.items() if MADE.search(text)}


def event_table() -> str:
    """Every event: what it carries, and what it says; the key of its order comes first."""
    event_catalogue.current()
    rows = [(f"`{each.name}`", _carried(each), _first_line(each)) for each in events.declared()]
    return _table(("event", "carries", "what happened"), rows)


def settings_table() -> str:
    """Every setting of a deployment, with its default."""
    rows = [
        (f"`{variable_of(name)}`", _default(name), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    return _table(("variable", "default", "what it sets"), rows)


def hook_list() -> str:
    """Every hook with its signature, and what it is for."""
    hooks = [
        hook
        for _, hook in inspect.getmembers(spec, inspect.isfunction)
        if hasattr(hook, f"{spec.PROJECT}_spec")
    ]
    in_order = sorted(hooks, key=lambda hook: hook.__code__.co_firstlineno)
    return "".join(
        f"- `{hook.__name__}{_signature(hook)}`  \n  {hook.__doc__}\n" for hook in in_order
    )


def nets_table() -> str:
    """Recall and false alarms of every net on the lines that it did not learn from."""
    rows = [
        (net, name, str(each["lines"]), *(_percent(each[share]) for share in SHARES))
        for net, told in figures.on_held().items()
        for name, each in _rows_of_net(told)
    ]
    return _table(("net", "lines in", "lines", "recall", "precision", "false alarms"), rows)


def _rows_of_net(told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "all", told["overall"]
    yield from told["by_language"].items()


def role_table() -> str:
    """Which built-in role may do what the API offers."""
    heads = ("operation", "permission", *OF_ROLE)
    rows = [
        (
            f"`{each.name}`",
            f"`{each.permission}`",
            *("●" if each.permission in held else "" for held in OF_ROLE.values()),
        )
        for each in sorted(operations(build_schema(production=False)), key=lambda each: each.name)
        if each.permission is not None
    ]
    return _table(heads, rows)


def rule_table() -> str:
    """Every rule of watching: when it is broken, and what may be set."""
    heads = ("rule", "what happened", "how much it matters", "threshold", "in", "quiet for")
    rows = [
        (
            f"`{rule}`" + (" (personal)" if norm.personal else ""),
            norm.told,
            norm.severity.value,
            _bounds(rule, norm),
            _span(norm.window),
            _span(norm.quiet),
        )
        for rule, norm in NORMS.items()
    ]
    return _table(heads, rows)


def promise_table() -> str:
    """Every promise: how it stands, and what proves it or is missing."""
    proofs = marked()
    rows = [
        (entry.id, entry.says, entry.status.value, entry.behaviour, _proved(entry, proofs))
        for entry in ledger()
    ]
    return _table(
        ("id", "promise", "stands", "what is done", "what proves it, or is missing"), rows
    )


def conflict_table() -> str:
    """Where published policies contradict each other or the law, and what was chosen."""
    found = dict.fromkeys(entry.conflict for entry in ledger() if entry.conflict)
    rows = [tuple(each.split(": ", 1)) for each in found]
    return _table(("between", "what they say, and what is done"), rows)


def _proved(entry: Entry, proofs: dict[str, list[str]]) -> str:
    tests = len(proofs.get(entry.id, ()))
    counted = f"{tests} test{'s' if tests > 1 else ''}" if tests else ""
    missing = f"missing: {entry.missing}" if entry.missing else ""
    return "; ".join(filter(None, (counted, entry.evidence, missing)))


def _bounds(rule: Rule, norm: Norm) -> str:
    if norm.threshold is None:
        return "each time"
    unit = " km/h" if not norm.window else ""
    least, most = norm.bounds
    return f"{norm.threshold:,}{unit} ({least:,} to {most:,})"


def _span(length: timedelta) -> str:
    minutes = length // timedelta(minutes=1)
    if not minutes:
        return ""
    return f"{minutes} minutes" if minutes < 60 else f"{minutes // 60} h"


def processing_table() -> str:
    """The record of processing, with the policies that a deployment begins with."""
    heads = ("purpose", "what is done", "basis", "of whom", "data", "kept")
    rows = [
        (
            f"`{each.purpose}`",
            each.meaning,
            each.basis.replace("_", " "),
            ", ".join(each.subjects),
            ", ".join(f"`{kind}`" for kind in each.data),
            "; ".join(f"`{kind}` {kept}" for kind, kept in each.kept.items()),
        )
        for each in processing.record((CALLERS[DEFAULT], CUSTOMERS[DEFAULT]), {})
    ]
    return _table(heads, rows)


PARTS: dict[str, Callable[[], str]] = {
    "events": event_table,
    "hooks": hook_list,
    "conflicts": conflict_table,
    "promises": promise_table,
    "nets": nets_table,
    "processing": processing_table,
    "roles": role_table,
    "rules": rule_table,
    "settings": settings_table,
}


def _renewed(found: re.Match[str]) -> str:
    before, name, after = found.groups()
    return before + PARTS[name]() + after


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _carried(event: type[Event]) -> str:
    names = [field.name for field in fields(event) if field.name != event.aggregate]
    version = f" (version {event.version})" if event.version > 1 else ""
    return ", ".join([f"**{event.aggregate}**", *names]) + version


def _first_line(documented: Any) -> str:
    return (inspect.getdoc(documented) or "").partition("\n")[0]


def _default(name: str) -> str:
    default = Settings.model_fields[name].default
    if default in (None, "") or isinstance(default, SecretStr):
        return ""
    return f"`{default}`"


def _signature(function: Callable[..., Any]) -> str:
    given = inspect.signature(function)
    words = [f"{name}: {each.annotation.__name__}" for name, each in given.parameters.items()]
    returned = given.return_annotation
    return f"({', '.join(words)}) -> {returned.__name__ if returned else None}"
