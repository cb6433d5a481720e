"""GraphiQL in a real browser: offline, signed in, with nothing typed by hand."""

import json

import pytest

from api.graphql.ids import write_id
from integrations.redis_pubsub import Topic, Watched
from tests.api.conftest import PUBLIC_URL, owner_of
from tests.api.everything import own_everything
from tests.api.people import enrol_app
from tests.api.test_subscriptions import tell
from tests.factories.tenants import PASSWORD
from tests.fakes.chromium import PROGRAM

pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="CHROMIUM IS MISSING: GraphiQL is not tried in a browser here"
)
EDITOR = "document.querySelector('.graphiql-query-editor .CodeMirror')?.CodeMirror"
ANSWER = "document.querySelector('.result-window .CodeMirror')?.CodeMirror.getValue()"
PLAY = "document.querySelector('.graphiql-execute-button')"
RENAME = 'mutation { tenantUpdate(input: {name: "Bright Smile"}) { __typename } }'


@pytest.fixture
async def page(window):
    await window.tell("Page.navigate", url=f"{PUBLIC_URL}/graphql")
    await window.until(EDITOR + " && true")
    return window


async def sign_in(page, email, password=PASSWORD):
    fields = json.dumps({"email": email, "password": password})
    await page.until("!document.getElementById('sign-in').hidden")
    await page.evaluate(
        f"for (const [name, value] of Object.entries({fields}))"
        " document.forms['sign-in'].elements[name].value = value;"
        " document.forms['sign-in'].requestSubmit()"
    )
    return await page.until("document.getElementById('standing').value")


async def enter(page, query):
    """Type a query; the editor reads it after a moment."""
    typed = json.dumps(query)
    await page.evaluate(f"{EDITOR}.setValue({typed})")
    await page.until(f"{EDITOR}.documentAST?.loc.source.body === {typed}")


async def run(page, query, wanted):
    """Type a query and press play; the answer, once it holds what is wanted."""
    await enter(page, query)
    await page.evaluate(f"{PLAY}.click()")
    return await page.until(f"({ANSWER} ?? '').includes({json.dumps(wanted)}) && {ANSWER}")


async def test_a_developer_signs_in_and_works(page, scope):
    standing = await sign_in(page, owner_of(scope))
    assert standing == f"Olive Owner, {scope.tenant.name}"
    assert scope.tenant.slug in await run(page, "{ tenant { slug } }", scope.tenant.slug)
    # A mutation is let through with the token that the page takes from its cookie.
    assert "TenantUpdatePayload" in await run(page, RENAME, "tenantUpdate")
    assert page.complaints == []


async def pick(page, name):
    """Pick the example of that name; the editor reads it after a moment."""
    await page.evaluate(
        "{ const menu = document.getElementById('examples');"
        f" const found = [...menu.options].find((each) => each.value.includes('{name}'));"
        " menu.value = found.value;"
        " menu.dispatchEvent(new Event('change')); }"
    )
    await page.until(f"{EDITOR}.documentAST?.definitions[0].name?.value === '{name}'")


async def test_an_example_is_picked_and_run(page, scope):
    await sign_in(page, owner_of(scope))
    await pick(page, "TenantAndUsage")
    await page.evaluate(f"{PLAY}.click()")
    told = await page.until(f"({ANSWER} ?? '').includes('usage') && {ANSWER}")
    assert json.loads(told)["data"]["tenant"]["name"] == scope.tenant.name
    # Another takes its place, and the same one can be picked again.
    await pick(page, "FollowAlerts")
    await pick(page, "TenantAndUsage")
    assert await page.evaluate("document.getElementById('examples').selectedIndex") == 0
    assert page.complaints == []


async def test_the_schema_is_at_hand(page):
    await page.until(
        f"{EDITOR}.options.hintOptions.schema?.getQueryType().getFields().tenant.name === 'tenant'"
    )
    assert page.complaints == []


async def test_wrong_credentials_are_told(page, scope):
    told = await sign_in(page, owner_of(scope), "not it")
    assert told == "The e-mail address or the password is wrong"


async def go_on(page, code):
    """Answer with a second factor; what is said of it."""
    await page.until("!document.getElementById('second-step').hidden")
    await page.evaluate(
        f"document.forms['second-step'].elements.code.value = {json.dumps(code)};"
        " document.getElementById('standing').value = '';"
        " document.forms['second-step'].requestSubmit()"
    )
    return await page.until("document.getElementById('standing').value")


async def test_a_second_factor_is_asked_for(page, scope, owner, clock):
    totp, [recovery, *_] = await enrol_app(owner, clock)
    assert await sign_in(page, owner_of(scope)) == "One more step"
    assert await go_on(page, "000000") == "The code or passkey is wrong, or was used before"
    here = f"Olive Owner, {scope.tenant.name}"
    assert await go_on(page, totp.at(clock.now())) == here
    await page.evaluate("document.forms['sign-out'].requestSubmit()")
    await page.until("!document.getElementById('sign-in').hidden")
    assert await sign_in(page, owner_of(scope)) == "One more step"
    assert await go_on(page, recovery) == here


async def test_whoever_starts_again_types_a_password_again(page, scope, owner, clock):
    await enrol_app(owner, clock)
    await sign_in(page, owner_of(scope))
    await page.evaluate("document.getElementById('start-again').click()")
    await page.until("!document.getElementById('sign-in').hidden")
    assert await page.evaluate("document.getElementById('second-step').hidden")


async def test_an_address_without_a_provider_is_told_so(page, scope):
    await page.until("!document.getElementById('sign-in').hidden")
    await page.evaluate(
        f"document.forms['sign-in'].elements.email.value = {json.dumps(owner_of(scope))};"
        " document.getElementById('by-provider').click()"
    )
    told = await page.until("document.getElementById('standing').value")
    assert told == "This address signs in with a password"
    assert page.complaints == []


async def test_signing_out_ends_it(page, scope):
    await sign_in(page, owner_of(scope))
    await page.evaluate("document.forms['sign-out'].requestSubmit()")
    await page.until("!document.getElementById('sign-in').hidden")
    assert "UNAUTHENTICATED" in await run(page, "{ tenant { slug } }", "UNAUTHENTICATED")


async def test_a_subscription_is_followed(page, scope, unit_of_work, publisher):
    owned = await own_everything(unit_of_work, scope, "mark")
    await sign_in(page, owner_of(scope))
    call = owned["Call"]
    watching = f'subscription {{ callUpdated(callId: "{write_id("Call", call)}") {{ state }} }}'
    await enter(page, watching)
    await page.evaluate(f"{PLAY}.click()")
    await tell(publisher, Watched(scope.tenant_id, Topic.CALL_UPDATED, call), call)
    assert "RINGING" in await page.until(f"{ANSWER}.includes('callUpdated') && {ANSWER}")
