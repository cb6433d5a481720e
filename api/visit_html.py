"""The small page on which somebody answers a letter about their visit."""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from api import bare_pages
from api.bare_pages import form
from domain.reminders.answering import PROOF_DIGITS, Page
from domain.reminders.models import Reply
from domain.texts import Catalogue, in_full


def asking(title: str, texts: Catalogue, *, wrong: bool) -> str:
    """A page that asks how a telephone number ends."""
    say = texts.say
    told = f"<p role=alert>{escape(say('visit_page_wrong'))}</p>" if wrong else ""
    field = (
        f"<label>{escape(say('visit_page_digits'))}<br><input name=digits inputmode=numeric"
        f" maxlength={PROOF_DIGITS} autocomplete=off required></label>"
    )
    return bare_pages.page(title, told + form("open", say("visit_page_open"), "", field))


def visit(title: str, page: Page, digits: str, told: str = "") -> str:
    """A visit, and what can be done about it."""
    facts, say = page.facts, page.facts.texts.say
    parts = [f"<p role=status><strong>{escape(told)}</strong></p>"] if told else []
    parts.append(f"<p>{escape(facts.service)}<br>{escape(facts.when)}<br>{escape(facts.place)}</p>")
    if page.reply is not Reply.CONFIRMED:
        parts.append(form("confirm", say("visit_page_confirm"), digits))
    if page.slots:
        times = [slot.starts_at for slot in page.slots]
        choice = _times(times, page.visit.timezone)
        parts.append(form("move", say("visit_page_move"), digits, choice))
    # A second look before what cannot be taken back; no script is needed for it.
    sure = form("cancel", say("visit_page_cancel_surely"), digits)
    parts.append(f"<details><summary>{escape(say('visit_page_cancel'))}</summary>{sure}</details>")
    return bare_pages.page(title, "".join(parts))


def _times(times: list[datetime], timezone: str) -> str:
    said = {at: escape(in_full(at.astimezone(ZoneInfo(timezone)))) for at in times}
    options = "".join(
        f'<option value="{at.isoformat()}">{words}</option>' for at, words in said.items()
    )
    return f"<select name=startsAt required>{options}</select> "
