"""A process that reports to Sentry and goes wrong in every way it can.

It is given what must not leave (`SECRETS`, by kind), so that its source has none of it.
"""

import asyncio
import json
import logging
import os
import threading

import httpx
import sentry_sdk
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from api import problems
from deskbell import sentry
from deskbell.settings import Settings
from domain.errors import Conflict
from tests.fakes.serving import free_port, serving

SECRETS = json.loads(os.environ["SECRETS"])
TENANT = os.environ["TENANT"]
log = logging.getLogger("deskbell.tests")


class Broken(RuntimeError):
    """What every fault of this program raises."""


def fail() -> None:
    heard = SECRETS["variable"]
    broken = Broken(SECRETS["message"], heard)
    broken.add_note(SECRETS["note"])
    raise broken from LookupError(SECRETS["cause"])


def logged() -> None:
    about = {"tenant_id": TENANT, "call_id": SECRETS["id"], "caller": SECRETS["extra"]}
    try:
        fail()
    except Broken:
        log.exception("It broke for %s", SECRETS["argument"], extra=about)


def only_words() -> None:
    log.warning("Nearly for %s", SECRETS["breadcrumb"])
    log.error("Words: %s", SECRETS["words"])
    sentry_sdk.capture_message(SECRETS["words"])
    sentry_sdk.add_breadcrumb(message=SECRETS["breadcrumb"])


def expected() -> None:
    try:
        raise Conflict(SECRETS["refusal"])
    except Conflict:
        log.exception("Refused")


def scoped() -> None:
    sentry_sdk.set_user({"id": SECRETS["user"], "ip_address": SECRETS["address"]})
    sentry_sdk.set_tag("caller", SECRETS["tag"])
    sentry_sdk.set_tag("process", SECRETS["tag"])
    sentry_sdk.set_extra("transcript", SECRETS["extra"])
    sentry_sdk.set_context("caller", {"name": SECRETS["context"]})
    try:
        fail()
    except Broken as broken:
        sentry_sdk.capture_exception(broken)


def in_thread() -> None:
    thread = threading.Thread(target=fail, name=SECRETS["thread"])
    thread.start()
    thread.join()


def timed() -> None:
    for name, source in (("calls.finalize", "task"), (f"/calls/{SECRETS['path']}", "url")):
        with (
            sentry_sdk.start_transaction(name=name, source=source, op="job") as transaction,
            sentry_sdk.start_span(op="db", name=SECRETS["statement"]) as span,
        ):
            transaction.set_data("caller", SECRETS["extra"])
            span.set_data("row", SECRETS["row"])


async def served() -> None:
    async def broken(request: Request) -> None:
        await request.body()
        fail()

    app = Starlette(
        routes=[Route("/{who}", broken, methods=["POST"])], exception_handlers=problems.HANDLERS
    )
    async with serving(app, free_port()) as port, httpx.AsyncClient(trust_env=False) as http:
        await http.post(
            f"http://127.0.0.1:{port}/{SECRETS['path']}",
            params={"phone": SECRETS["query"]},
            headers={
                "x-caller": SECRETS["header"],
                "baggage": f"sentry-release={SECRETS['baggage']}",
            },
            cookies={"session": SECRETS["cookie"]},
            content=SECRETS["body"],
        )


def main() -> None:
    options = sentry.options(Settings(_env_file=None))
    if "UNGUARDED" in os.environ:
        options = {"dsn": options["dsn"]}
    sentry_sdk.init(**options, traces_sample_rate=1.0)
    sentry_sdk.set_tag("process", "api")
    for go_wrong in (only_words, logged, expected, in_thread, timed):
        go_wrong()
    asyncio.run(served())
    scoped()
    fail()


if __name__ == "__main__":
    main()
