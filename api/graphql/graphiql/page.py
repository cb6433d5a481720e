"""The page, its assets, and what its browser is allowed to do."""

from html import escape
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from api.auth import CSRF_COOKIE
from api.csrf import HEADER
from api.graphql.graphiql.examples import examples

PATH = "/graphql/ide/{name}"
HERE = Path(__file__).parent
SCRIPT, STYLE = "text/javascript", "text/css"
OURS = {"page.js": SCRIPT, "page.css": STYLE}
# As their authors publish them, compressed: `vendored/README.md` says where from.
VENDORED = {
    "graphiql.min.css": STYLE,
    "graphiql.min.js": SCRIPT,
    "react-dom.production.min.js": SCRIPT,
    "react.production.min.js": SCRIPT,
}
# The editor writes style elements, and its style sheet holds its fonts; nothing else is inline.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "base-uri 'none'",
        "connect-src 'self'",
        "font-src 'self' data:",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
    )
)


def page() -> Response:
    """The page, told the names of our CSRF cookie and header, and what can be tried."""
    written = (HERE / "page.html").read_text()
    html = written.replace("{csrf_cookie}", CSRF_COOKIE).replace("{csrf_header}", HEADER)
    html = html.replace("{examples}", _options())
    return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})


def _options() -> str:
    """The examples as a menu; picking one puts its document into the editor."""
    return "\n".join(
        f'        <option value="{escape(each.document)}">{escape(each.title)}</option>'
        for each in examples()
    )


async def asset(request: Request) -> Response:
    """One of the files the page names; every browser takes gzip."""
    name = request.path_params["name"]
    if name in OURS:
        return Response((HERE / name).read_bytes(), media_type=OURS[name])
    if name in VENDORED:
        packed = (HERE / "vendored" / f"{name}.gz").read_bytes()
        encoding = {"Content-Encoding": "gzip"}
        return Response(packed, headers=encoding, media_type=VENDORED[name])
    raise HTTPException(404)


ROUTES = (Route(PATH, asset, methods=["GET"]),)
