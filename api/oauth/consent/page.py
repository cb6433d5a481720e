"""The page as HTML: who asks, for which business, and what for. Everything in it is escaped."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse, Response

from api.middleware import PAGE_HEADERS
from api.oauth.client import Client
from api.oauth.meanings import CLASSES, MEANINGS, classes_of
from domain.scope import Scope

HERE = Path(__file__).parent
SCRIPT, STYLE = "/oauth/consent.js", "/oauth/consent.css"
SIGN_IN = """
<form id="sign-in">
  <span class="password">
    <label>E-mail <input name="email" type="email" autocomplete="username" maxlength="254"></label>
    <label>Password
      <input name="password" type="password" autocomplete="current-password" maxlength="1000">
    </label>
  </span>
  <label class="code" hidden>Code
    <input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20">
  </label>
  <button>Sign in</button>
</form>
"""
PROOF = """
<form id="proof" hidden>
  <input type="email" autocomplete="username" hidden>
  <label>Your password
    <input name="password" type="password" autocomplete="current-password" maxlength="1000">
  </label>
  <label>or a code of your authenticator app
    <input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20">
  </label>
  <button>Continue</button>
</form>
"""
UNCHECKED = """
<p class="warning">This app registered itself: nobody has checked whose it is.</p>
"""


@dataclass(frozen=True)
class Asked:
    """What an app asks for, and where it wants the answer."""

    client: Client
    permissions: tuple[str, ...]
    redirect_uri: str

    @property
    def name(self) -> str:
        """What the app calls itself."""
        return escape(self.client.app.name)


def ask_to_sign_in(asked: Asked) -> Response:
    """For whoever is not signed in."""
    return _page(
        f"Sign in for {asked.name}",
        f"<h1>{asked.name} wants to work with your business</h1>\n"
        f"<p>Sign in to see what it asks for.</p>\n{SIGN_IN}",
    )


def ask_to_agree(asked: Asked, scope: Scope, lacking: frozenset[str]) -> Response:
    """For whoever is; they agree only to what they may do themselves."""
    app, tenant = asked.client.app, scope.tenant
    items = "\n".join(_item(permission) for permission in asked.permissions)
    body = f"""
<h1>{asked.name} wants to work with {escape(tenant.name)}</h1>
<p>Published by {escape(asked.client.home.name)}. {escape(app.description)}</p>
{UNCHECKED if app.self_registered else ""}
<p>It asks to:</p>
<ul>
{items}
</ul>
<p>You can take this back at any time. What it changes is on record in your audit trail, and so is
every look at what was said. Afterwards you are sent to
<b>{escape(_place(asked.redirect_uri))}</b>.</p>
{_lacking(lacking)}
<form id="decision" data-tenant="{escape(tenant.slug)}"
      data-scopes="{escape(" ".join(asked.permissions))}">
  {"" if lacking else '<button value="allow">Allow</button>'}
  <button value="deny">Do not allow</button>
</form>
{PROOF}"""
    return _page(f"Allow {asked.name}?", body)


def tell(title: str, words: str, status: int = 400) -> Response:
    """That something is wrong, where nobody can be sent back with it."""
    return _page(escape(title), f"<h1>{escape(title)}</h1>\n<p>{escape(words)}</p>", status)


def _item(permission: str) -> str:
    meaning = MEANINGS[permission]
    classes = ", ".join(CLASSES[each] for each in classes_of([permission]))
    opens = f"<small>Opens: {escape(classes)}</small>" if classes else ""
    return f'<li data-scope="{escape(permission)}">{escape(meaning.words)}{opens}</li>'


def _lacking(permissions: frozenset[str]) -> str:
    if not permissions:
        return ""
    listed = escape(", ".join(sorted(permissions)))
    return (
        '<p class="warning">You cannot agree to this, for you may not do it yourself: '
        f"{listed}. Ask somebody who may.</p>"
    )


def _place(uri: str) -> str:
    """Where a browser goes, short enough to be read."""
    parts = urlsplit(uri)
    return parts.netloc or f"{parts.scheme}:"


def _page(title: str, body: str, status: int = 200) -> Response:
    written = Template((HERE / "consent.html").read_text()).substitute(title=title, body=body)
    return HTMLResponse(written, status, headers=PAGE_HEADERS)
