"""The files of an archive that people read: what was said, and a guide to all of it."""

import html
import json
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from domain.archives.models import Archive, Whose
from domain.conversations.models import Conversation, Turn
from domain.work import UnitOfWork

FACTS = ("name", "timezone", "locale", "region", "currency")
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body>
<h1>{title}</h1>
<p>Packed for {whose} on {day}. Every kind of data is there twice: as JSON for machines, with a
schema that says what each field means, and as a table for spreadsheets. What was said is in
<code>transcripts</code>, what was recorded in <code>audio</code>. <code>manifest.json</code> lists
every file with its SHA-256, so that anybody can check that nothing was changed.</p>
<table>
<tr><th>What</th><th>How many</th><th>For people</th><th>For machines</th></tr>
{rows}
</table>
</body>
</html>
"""
ROW = (
    "<tr><td>{title}</td><td>{count}</td>"
    '<td><a href="csv/{table}.csv">table</a></td>'
    '<td><a href="data/{table}.json">data</a>, <a href="schema/{table}.json">schema</a></td></tr>'
)


def transcript(uow: UnitOfWork, talk: Conversation, turns: Sequence[Turn]) -> bytes:
    """A conversation, a line for each turn, in the time of the business."""
    zone = ZoneInfo(uow.scope.tenant.timezone)
    began = talk.started_at.astimezone(zone)
    lines = [f"{began:%d %B %Y, %H:%M} ({talk.channel.value})", ""]
    lines += [f"{t.said_at.astimezone(zone):%H:%M:%S} {t.speaker}: {t.text.read()}" for t in turns]
    return ("\n".join(lines) + "\n").encode()


def guide(uow: UnitOfWork, archive: Archive) -> dict[str, bytes]:
    """The page from which everything is found, and of what kind the business is."""
    tenant = uow.scope.tenant
    whose = tenant.name if archive.whose is Whose.TENANT else f"one person, by {tenant.name}"
    rows = [
        ROW.format(title=table.replace("_", " ").capitalize(), count=count, table=table)
        for table, count in sorted(archive.rows.items())
        if count
    ]
    page = PAGE.format(
        title="Everything that is kept",
        whose=html.escape(whose),
        day=f"{archive.created_at:%d %B %Y}",
        rows="\n".join(rows),
    )
    pieces = {"index.html": page.encode()}
    if archive.whose is Whose.TENANT:
        facts = {name: getattr(tenant, name) for name in FACTS}
        pieces["tenant.json"] = (json.dumps(facts, indent=2, sort_keys=True) + "\n").encode()
    return pieces
