"""The page that a letter opens, in a real browser: its script runs, and somebody joins."""

import pytest

from tenants.members import invitations
from tenants.members.rights import Assigned
from tenants.models import Role
from tests.api.conftest import PUBLIC_URL, browse
from tests.factories.members import PASSWORD
from tests.fakes.chromium import PROGRAM

pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="CHROMIUM IS MISSING: the page of invitations is not tried in a browser"
)
JOINED = "document.querySelector('[role=status]').textContent"


@pytest.fixture
async def invited(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        email = f"new-{uow.new_id().hex[-8:]}@{scope.tenant.slug}.test"
        row = await invitations.invite(uow, email, Assigned(Role.STAFF, None))
        return email, await invitations.token_of(uow, row.id, row.letter)


async def test_whoever_follows_the_letter_joins(app, window, invited):
    email, token = invited
    await window.tell("Page.navigate", url=f"{PUBLIC_URL}/join#{token}")
    await window.until("document.readyState === 'complete' && document.querySelector('form')")
    for name, value in (("name", "Nora New"), ("password", PASSWORD)):
        await window.evaluate(f"document.querySelector('[name={name}]').value = {value!r}")
    await window.evaluate("document.querySelector('form').requestSubmit()")
    assert "You have joined" in await window.until(JOINED)
    assert window.complaints == []
    async with browse(app) as browser:
        assert (await browser.sign_in(email, PASSWORD)).status_code == 200
