"""The page in a real browser: its script runs under its own policy, from sign-in to the code."""

from datetime import timedelta

import pytest

from tests.api.conftest import PUBLIC_URL, owner_of
from tests.api.oauth.conftest import AUTHORIZE, answer_in
from tests.factories.tenants import PASSWORD
from tests.fakes.chromium import PROGRAM

pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="CHROMIUM IS MISSING: the consent page is not tried in a browser"
)


@pytest.fixture
async def page(window, partner):
    """The page as somebody sees it whom an app has sent here."""
    await window.tell("Page.navigate", url=f"{PUBLIC_URL}{AUTHORIZE}?{partner.request()}")
    await loaded(window, "#sign-in")
    return window


async def loaded(page, form):
    """Wait for a form and for the script that answers to it."""
    await page.until(f"document.readyState === 'complete' && document.querySelector('{form}')")


async def sign_in(page, scope):
    await fill(page, "#sign-in", email=owner_of(scope), password=PASSWORD)
    await loaded(page, "#decision")


async def fill(page, form, **values):
    """Type into a form and send it."""
    for name, value in values.items():
        await page.evaluate(f"document.querySelector('{form} [name={name}]').value = {value!r}")
    await page.evaluate(f"document.querySelector('{form} button').click()")


async def answer_of(page):
    """Where the browser was sent: there is nobody, so it shows that it got no answer."""
    await page.until("!document.location.href.includes('/oauth/')")
    history = await page.tell("Page.getNavigationHistory")
    return answer_in(history["entries"][history["currentIndex"]]["url"])


async def test_somebody_signs_in_agrees_and_is_sent_back(page, scope, partner):
    await sign_in(page, scope)
    assert not await page.evaluate("document.querySelector('#proof').checkVisibility()")
    assert page.complaints == []
    await page.evaluate("document.querySelector('[value=allow]').click()")
    answer = await answer_of(page)
    assert (await partner.redeem(answer["code"])).status_code == 200


async def test_somebody_proves_anew_who_they_are(page, scope, clock):
    await sign_in(page, scope)
    clock.advance(timedelta(minutes=11))
    await page.evaluate("document.querySelector('[value=allow]').click()")
    await page.until("document.querySelector('#proof').checkVisibility()")
    await fill(page, "#proof", password=PASSWORD)
    assert (await answer_of(page))["code"].startswith("dbc_")


async def test_somebody_does_not_agree(page, scope):
    await sign_in(page, scope)
    await page.evaluate("document.querySelector('[value=deny]').click()")
    assert (await answer_of(page))["error"] == "access_denied"
