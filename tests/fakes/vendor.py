"""A vendor of something, as a real HTTP server in a thread: remembers every call it gets."""

import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE = 30.0


@dataclass
class Vendor:
    """What the server saw; `answering` can be cleared to leave callers hanging."""

    calls: list[tuple[str, Any]] = field(default_factory=list)
    """Idempotency key and JSON body of every call, in the order they came."""
    answering: threading.Event = field(default_factory=threading.Event)
    called: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def take(self, key: str, body: Any) -> None:
        """Remember a call, and answer it when answers are given."""
        self.calls.append((key, body))
        self.called.set()
        self.answering.wait(PATIENCE)

    def keys(self) -> dict[str, set[str]]:
        """The idempotency keys that each body was sent with."""
        found = defaultdict(set)
        for key, body in self.calls:
            found[json.dumps(body)].add(key)
        return found


@contextmanager
def vendor_server() -> Iterator[Vendor]:
    """A vendor at `vendor.url`."""
    vendor = Vendor()
    vendor.answering.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            vendor.take(self.headers["Idempotency-Key"], json.loads(body))
            try:
                self.send_response(204)
                self.end_headers()
            except OSError:
                # The caller has been killed in the meantime; that is what this is for.
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    vendor.url = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield vendor
    vendor.answering.set()
    server.shutdown()
    thread.join()
    server.server_close()
