"""A real Radicale, in a thread of this process."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import httpx
from radicale.app import Application
from radicale.config import load

PASSWORD = "pass:word ü"
# One for all requests: a client that knows authorities reads them first, for every one of them.
CLIENT = httpx.Client(trust_env=False, verify=False)


class Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Radicale:
    """Where it answers; `fail` makes it answer with a status instead of doing what it is asked."""

    folder: Path
    url: str = ""
    fail: int = 0
    asked: list[str] = field(default_factory=list)

    def calendar(self, name: str = "work", owner: str = "lee") -> str:
        """Make a calendar; its address."""
        address = f"{self.url}/{owner}/{name}/"
        self._send("MKCALENDAR", address, owner=owner)
        return address

    def add(self, calendar: str, name: str, *lines: str) -> str:
        """Write an event, as somebody's own program would; its address."""
        body = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *lines, "END:VCALENDAR")
        address = f"{calendar}{name}.ics"
        text = "\r\n".join((*body, ""))
        self._send("PUT", address, text, {"Content-Type": "text/calendar"})
        return address

    def event(self, calendar: str, name: str, *lines: str) -> str:
        """Write an event of some properties."""
        stamp = "DTSTAMP:20261101T000000Z"
        return self.add(calendar, name, "BEGIN:VEVENT", f"UID:{name}", stamp, *lines, "END:VEVENT")

    def text(self, address: str) -> str:
        return self._send("GET", address).text

    def delete(self, address: str) -> None:
        self._send("DELETE", address)

    def _send(
        self,
        method: str,
        url: str,
        text: str = "",
        headers: dict[str, str] | None = None,
        owner: str = "lee",
    ) -> httpx.Response:
        login = base64.b64encode(f"{owner}:{PASSWORD}".encode()).decode()
        given = {"Authorization": f"Basic {login}", **(headers or {})}
        answer = CLIENT.request(method, url, content=text.encode(), headers=given)
        assert answer.is_success, answer.text
        return answer


@contextmanager
def radicale(folder: Path) -> Iterator[Radicale]:
    """Serve it on a free port, with its files in a folder."""
    users = folder / "users"
    users.write_text("".join(f"{name}:{PASSWORD}\n" for name in ("lee", "kim")))
    config = load()
    config.update(
        {
            "auth": {
                "type": "htpasswd",
                "htpasswd_filename": str(users),
                "htpasswd_encryption": "plain",
                "delay": "0",
            },
            "storage": {"filesystem_folder": str(folder / "collections")},
            "logging": {"level": "critical"},
        },
        "test",
    )
    app, server = Application(config), Radicale(folder)

    def answer(environ, start_response):  # type: ignore[no-untyped-def]
        server.asked.append(environ["REQUEST_METHOD"])
        if server.fail:
            start_response(f"{server.fail} Told so", [("Content-Length", "0")])
            return [b""]
        return app(environ, start_response)

    with make_server("127.0.0.1", 0, answer, handler_class=Silent) as http:
        server.url = f"http://127.0.0.1:{http.server_port}"
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
