"""What people do at a browser beside asking for data."""

from datetime import timedelta
from typing import Any

import pyotp

from domain.clock import FixedClock
from tests.api.conftest import PUBLIC_URL, Browser
from tests.api.deeds import do
from tests.factories.tenants import PASSWORD
from tests.fakes.authenticator import Authenticator


async def post(browser: Browser, path: str, **body: Any) -> Any:
    """A request to `/auth/…`; its answer, if there is one, gives the CSRF token of what follows."""
    response = await browser.http.post(f"/auth/{path}", json=body, headers=browser.headers)
    keep_token(browser)
    return response


def keep_token(browser: Browser) -> None:
    """Repeat from now on what our own cookie says, as our pages do."""
    token = browser.http.cookies.get("deskbell_csrf")
    if token:
        browser.headers["X-CSRF-Token"] = token


async def change(browser: Browser, mutation: str, fields: str, **input: Any) -> Any:
    """A mutation that gives the browser another cookie."""
    done = await do(browser, mutation, fields, **input)
    keep_token(browser)
    return done


async def enrol_app(browser: Browser, clock: FixedClock) -> tuple[pyotp.TOTP, list[str]]:
    """Set an authenticator app up; returns it and the recovery codes."""
    made = await do(browser, "totpBegin", "secret uri", label="")
    app = pyotp.TOTP(made["secret"])
    code = app.at(clock.now())
    done = await change(browser, "totpConfirm", "recoveryCodes mfa { enrolled }", code=code)
    # The code was used; the app shows another one soon.
    clock.advance(timedelta(seconds=60))
    return app, done["recoveryCodes"]


async def enrol_passkey(browser: Browser, name: str = "Laptop") -> tuple[Authenticator, Any]:
    """Make a passkey; returns the device and the payload."""
    made = await do(browser, "passkeyBegin", "options")
    device = Authenticator(PUBLIC_URL)
    credential = device.create(made["options"])
    done = await change(
        browser,
        "passkeyFinish",
        "recoveryCodes passkey { id name } mfa { enrolled }",
        credential=credential,
        name=name,
    )
    return device, done


async def half_in(browser: Browser, email: str, password: str = PASSWORD) -> Any:
    """The first step of a sign-in that has two; the answer to it."""
    response = await browser.sign_in(email, password)
    body = response.json()
    assert body["mfaRequired"], body
    return body


def code_of(response: Any) -> tuple[int, str | None]:
    """The status and our own code of a refusal."""
    return response.status_code, response.json().get("code")
