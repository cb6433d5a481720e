"""The pages of single sign-on in a real browser."""

import json

import pytest

from api.auth import CSRF_COOKIE
from api.csrf import HEADER
from api.sso.routes import HERE
from tests.api.conftest import PUBLIC_URL, browse
from tests.api.people import enrol_app
from tests.factories.members import PASSWORD
from tests.fakes.chromium import PROGRAM

SUBMIT = (
    "document.forms[0].elements.code.value = {code};"
    " document.querySelector('[role=status]').textContent = '';"
    " document.forms[0].requestSubmit()"
)


def test_the_page_knows_our_cookie_and_header():
    script = (HERE / "second_step.js").read_text()
    assert f'"{CSRF_COOKIE}"' in script
    assert f'"{HEADER}"' in script


@pytest.mark.skipif(PROGRAM is None, reason="CHROMIUM IS MISSING: the page is not tried here")
async def test_one_more_step_opens_the_session(company, app, colleague, clock, window):
    async with browse(app) as own:
        await own.sign_in(colleague, PASSWORD)
        totp, _ = await enrol_app(own, clock)
    async with browse(app) as another:
        url = await company.leave(another, returnTo="/graphql?x=1")
        query = company.provider.log_in(url, sub="c", email=colleague)
        there = (await company.arrive(another, query)).headers["Location"]
    await window.tell("Page.navigate", url=f"{PUBLIC_URL}{there}")
    await window.until("document.forms[0] && !location.hash")
    await window.evaluate(SUBMIT.format(code=json.dumps("000000")))
    told = await window.until("document.querySelector('[role=status]').textContent")
    assert told == "The code or passkey is wrong, or was used before"
    await window.evaluate(SUBMIT.format(code=json.dumps(totp.at(clock.now()))))
    await window.until("location.pathname === '/graphql'")
    assert await window.evaluate("location.search") == "?x=1"
    await window.until("document.getElementById('standing')?.value")
    # The browser itself notes that a code was refused.
    assert [c for c in window.complaints if "401" not in c] == []
