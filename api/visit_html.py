"""The small page on which somebody answers a letter about their visit: HTML, and nothing else."""

import base64
import hashlib
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from domain.reminders.answering import PROOF_DIGITS, Page
from domain.reminders.models import Reply
from domain.reminders.wording import in_full
from domain.texts import Catalogue

STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}"
    "button,select,input{font:inherit;padding:.5rem .8rem;margin:.3rem 0;max-width:100%}"
    "form,details{margin:.8rem 0}summary{cursor:pointer}"
)
_MARK = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            f"style-src 'sha256-{_MARK}'",
        )
    ),
    # The address is a secret, and nobody whom the page leads to is told it.
    "Referrer-Policy": "no-referrer",
}


def plain(title: str, words: str) -> str:
    """A page that says one thing."""
    return _page(title, f"<p>{escape(words)}</p>")


def asking(title: str, texts: Catalogue, *, wrong: bool) -> str:
    """A page that asks how a telephone number ends."""
    say = texts.say
    told = f"<p role=alert>{escape(say('visit_page_wrong'))}</p>" if wrong else ""
    field = (
        f"<label>{escape(say('visit_page_digits'))}<br><input name=digits inputmode=numeric"
        f" maxlength={PROOF_DIGITS} autocomplete=off required></label>"
    )
    return _page(title, told + _form("open", say("visit_page_open"), "", field))


def one_button(title: str, label: str) -> str:
    """A page with one button."""
    return _page(title, _form("stop", label, ""))


def visit(title: str, page: Page, digits: str, told: str = "") -> str:
    """A visit, and what can be done about it."""
    facts, say = page.facts, page.facts.texts.say
    parts = [f"<p role=status><strong>{escape(told)}</strong></p>"] if told else []
    parts.append(f"<p>{escape(facts.service)}<br>{escape(facts.when)}<br>{escape(facts.place)}</p>")
    if page.reply is not Reply.CONFIRMED:
        parts.append(_form("confirm", say("visit_page_confirm"), digits))
    if page.slots:
        times = [slot.starts_at for slot in page.slots]
        choice = _times(times, page.visit.timezone)
        parts.append(_form("move", say("visit_page_move"), digits, choice))
    # A second look before what cannot be taken back; no script is needed for it.
    sure = _form("cancel", say("visit_page_cancel_surely"), digits)
    parts.append(f"<details><summary>{escape(say('visit_page_cancel'))}</summary>{sure}</details>")
    return _page(title, "".join(parts))


def _times(times: list[datetime], timezone: str) -> str:
    said = {at: escape(in_full(at.astimezone(ZoneInfo(timezone)))) for at in times}
    options = "".join(
        f'<option value="{at.isoformat()}">{words}</option>' for at, words in said.items()
    )
    return f"<select name=startsAt required>{options}</select> "


def _form(deed: str, label: str, digits: str, inside: str = "") -> str:
    kept = f'<input type=hidden name=digits value="{escape(digits)}">' if digits else ""
    return (
        f"<form method=post>{kept}{inside}"
        f'<button name=do value="{deed}">{escape(label)}</button></form>'
    )


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>"
        f"<h1>{escape(title)}</h1>{body}</html>"
    )
