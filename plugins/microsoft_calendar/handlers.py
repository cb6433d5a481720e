"""Who speaks to Graph for a tenant, and what Graph tells."""

import json
from typing import Any

from integrations.microsoft_calendar import MicrosoftCalendar
from plugins import calendar_watch
from plugins.account_calendars import AccountDesk, Service
from plugins.routes import Incoming, Reply, RouteContext

SERVICE = Service(
    plugin="microsoft_calendar",
    accounts="microsoft",
    title="Microsoft 365 calendar",
    summary="Busy times of staff and rooms count, visits are written there.",
    company="Microsoft Corporation",
)
DESK = AccountDesk.of(SERVICE, MicrosoftCalendar)
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff"}
# As it documents them, words to be given back are short, and few things are told at once.
LONGEST_WORD = 2000
MOST_TOLD = 100
# The channel ends, or has ended.
WORRIES = {"reauthorizationRequired", "subscriptionRemoved"}
TAKEN = 202


async def hear(request: Incoming, context: RouteContext) -> Reply:
    """Graph tells that something has changed; whoever else says so is answered alike.

    Before it tells anything it wants a word back, to see that we listen.
    """
    word = request.query.get("validationToken")
    if word is not None:
        return Reply(200, word[:LONGEST_WORD].encode(), PLAIN)
    for name, secret, event in told(request.body):
        if event in WORRIES:
            await calendar_watch.worried(context, name, secret)
        else:
            await calendar_watch.heard(context, name, secret)
    return Reply(TAKEN)


def told(body: bytes) -> list[tuple[str, str, str]]:
    """By which channels something was told, with what words, and what of the channel itself.

    The same is not told twice.
    """
    try:
        said = json.loads(body)
    except ValueError:
        return []
    every = said.get("value") if isinstance(said, dict) else None
    named = (
        (_text(each, "subscriptionId"), _text(each, "clientState"), _text(each, "lifecycleEvent"))
        for each in (every if isinstance(every, list) else ())
        if isinstance(each, dict)
    )
    return list(dict.fromkeys(named))[:MOST_TOLD]


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""
