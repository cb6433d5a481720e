"""The small page on which somebody answers a letter about their visit."""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from api import bare_pages
from api.bare_pages import form, hidden
from domain.reminders.answering import Page
from domain.reminders.models import Reply
from domain.reminders.proofs import PROOF_DIGITS, Proof
from domain.texts import Catalogue, in_full


def asking(title: str, texts: Catalogue, *, wrong: bool, asks_born: bool) -> str:
    """A page that asks how a telephone number ends and, of patients, when they were born."""
    say = texts.say
    told = f"<p role=alert>{escape(say('visit_page_wrong'))}</p>" if wrong else ""
    fields = (
        f"<label>{escape(say('visit_page_digits'))}<br><input name=digits inputmode=numeric"
        f" maxlength={PROOF_DIGITS} autocomplete=off required></label>"
    )
    if asks_born:
        fields += (
            f"<br><label>{escape(say('visit_page_born'))}<br><input type=date name=born"
            r' pattern="\d{4}-\d{2}-\d{2}" placeholder="1980-03-31" autocomplete=off required>'
            "</label><br>"
        )
    return bare_pages.page(title, told + form("open", say("visit_page_open"), fields))


def visit(title: str, page: Page, proof: Proof, told: str = "") -> str:
    """A visit, and what can be done about it; what was proved is sent along."""
    facts, say = page.facts, page.facts.texts.say
    kept = hidden(digits=proof.digits, born=proof.born)
    parts = [f"<p role=status><strong>{escape(told)}</strong></p>"] if told else []
    parts.append(f"<p>{escape(facts.service)}<br>{escape(facts.when)}<br>{escape(facts.place)}</p>")
    if page.reply is not Reply.CONFIRMED:
        parts.append(form("confirm", say("visit_page_confirm"), kept))
    if page.slots:
        times = [slot.starts_at for slot in page.slots]
        choice = _times(times, page.visit.timezone)
        parts.append(form("move", say("visit_page_move"), kept + choice))
    # A second look before what cannot be taken back; no script is needed for it.
    sure = form("cancel", say("visit_page_cancel_surely"), kept)
    parts.append(f"<details><summary>{escape(say('visit_page_cancel'))}</summary>{sure}</details>")
    return bare_pages.page(title, "".join(parts))


def _times(times: list[datetime], timezone: str) -> str:
    said = {at: escape(in_full(at.astimezone(ZoneInfo(timezone)))) for at in times}
    options = "".join(
        f'<option value="{at.isoformat()}">{words}</option>' for at, words in said.items()
    )
    return f"<select name=startsAt required>{options}</select> "
