"""Small pages behind links in letters: HTML without a script, and nothing else."""

import base64
import hashlib
from html import escape

STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}"
    "button,select,input{font:inherit;padding:.5rem .8rem;margin:.3rem 0;max-width:100%}"
    "form,details{margin:.8rem 0}summary{cursor:pointer}"
)
_MARK = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            f"style-src 'sha256-{_MARK}'",
        )
    ),
    # The address is a secret, and nobody whom the page leads to is told it.
    "Referrer-Policy": "no-referrer",
}


def plain(title: str, words: str) -> str:
    """A page that says one thing."""
    return page(title, f"<p>{escape(words)}</p>")


def one_button(title: str, label: str) -> str:
    """A page with one button."""
    return page(title, form("stop", label))


def page(title: str, body: str) -> str:
    """A page with a title."""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>"
        f"<h1>{escape(title)}</h1>{body}</html>"
    )


def hidden(**values: str) -> str:
    """What a form sends along unseen."""
    return "".join(
        f'<input type=hidden name={name} value="{escape(value)}">'
        for name, value in values.items()
        if value
    )


def form(deed: str, label: str, inside: str = "") -> str:
    """One button that posts a deed."""
    return (
        f'<form method=post>{inside}<button name=do value="{deed}">{escape(label)}</button></form>'
    )
