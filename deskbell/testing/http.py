"""Requests out that reach nobody: each is remembered, and answered as the test said."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.ports import leave
from integrations.http_out import Answer, NoAnswer


@dataclass(frozen=True)
class Sent:
    """One request that a plugin sent."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass
class FakeHttp:
    """Stands for `Outbound`."""

    answers: dict[str, Answer] = field(default_factory=dict)
    """By address; nobody is at any other."""
    sent: list[Sent] = field(default_factory=list)

    def answer(self, url: str, body: bytes = b"", status: int = 200) -> None:
        """Answer requests to an address."""
        self.answers[url] = Answer(status, {}, body)

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a body. Raises `NoAnswer`."""
        return self._take(Sent("POST", url, headers, body))

    async def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Ask for something. Raises `NoAnswer`."""
        return self._take(Sent("GET", url, headers))

    def _take(self, sent: Sent) -> Answer:
        leave()
        self.sent.append(sent)
        if sent.url not in self.answers:
            raise NoAnswer("Nobody is there")
        return self.answers[sent.url]
