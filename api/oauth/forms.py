"""What apps send: forms and queries, each name once, as authlib reads them."""

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

from authlib.oauth2.rfc6749 import InvalidRequestError, OAuth2Request
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 40
# What authlib repeats in its answers; more than this it may not repeat (RFC 6749, 4.1.2.1).
REPEATED = ("client_id", "grant_type", "redirect_uri", "response_type", "scope")
PLAIN = re.compile(r"[\x20-\x21\x23-\x5b\x5d-\x7e]*")


@dataclass(frozen=True)
class Credentials:
    """How a client says who it is; without a secret it only says so."""

    client_id: str
    secret: str | None = field(default=None, repr=False)


class AppRequest(OAuth2Request):  # type: ignore[misc]  # authlib has no types
    """A request to the authorisation server. Raises `InvalidRequestError` if it cannot be read."""

    def __init__(self, method: str, fields: dict[str, str], authorization: str = "") -> None:
        # Whether there is TLS is seen to by whoever deploys, and not by what proxies say here.
        super().__init__(method, "https://localhost/", headers={"Authorization": authorization})
        self.payload = BasicOAuth2Payload(fields)

    @property
    def form(self) -> dict[str, str]:
        """The fields of the form."""
        fields: dict[str, str] = self.payload.data
        return fields

    @property
    def credentials(self) -> Credentials:
        """Who asks. Raises `InvalidRequestError` for two ways at once, or none."""
        named, posted = self.form.get("client_id"), self.form.get("client_secret")
        basic = _basic(self.headers["Authorization"])
        if basic is None:
            if not named:
                raise InvalidRequestError("Say who you are with client_id")
            return Credentials(named, posted)
        if posted is not None or named not in {None, basic.client_id}:
            raise InvalidRequestError("Say who you are in one way only")
        return basic


async def read_form(request: Request) -> AppRequest:
    """A form that was posted. Raises `InvalidRequestError`."""
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != FORM:
        raise InvalidRequestError(f"Send {FORM}")
    fields = fields_of(await request.body())
    return AppRequest("POST", fields, request.headers.get("Authorization", ""))


def read_query(query: str) -> AppRequest:
    """The query with which a browser was sent here. Raises `InvalidRequestError`."""
    return AppRequest("GET", fields_of(query.encode()))


def fields_of(body: bytes) -> dict[str, str]:
    """Fields by name; nothing may come twice (OAuth 2.1, 3.1 and 3.2)."""
    try:
        pairs: list[tuple[Any, Any]] = parse_qsl(
            body.decode("ascii"), errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as wrong:
        raise InvalidRequestError("This is no form") from wrong
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise InvalidRequestError("Something came twice")
    if any("\0" in value for value in fields.values()):
        raise InvalidRequestError("There is a NUL in it")
    for name in REPEATED:
        if not PLAIN.fullmatch(fields.get(name, "")):
            raise InvalidRequestError(f"{name} holds letters that it may not")
    return fields


def _basic(header: str) -> Credentials | None:
    """What stands in an `Authorization: Basic` header; None if there is none."""
    scheme, _, packed = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        plain = base64.b64decode(packed.strip(), validate=True).decode()
    except (binascii.Error, ValueError) as wrong:
        raise InvalidRequestError("The Authorization header cannot be read") from wrong
    client_id, _, secret = plain.partition(":")
    return Credentials(unquote_plus(client_id), unquote_plus(secret))
