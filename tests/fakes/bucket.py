"""A bucket of our own: it keeps what is put there by who signs as botocore, Amazon's own, does."""

from dataclasses import dataclass, field
from urllib.parse import unquote

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

KEY_ID, SECRET, REGION = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "eu-central-1"


class Given(S3SigV4Auth):
    """Signs for the moment that the request names, not for the one that it is."""

    def signature_at(self, request: AWSRequest, moment: str) -> str:
        request.context["timestamp"] = moment
        canonical = self.canonical_request(request)
        return str(self.signature(self.string_to_sign(request, canonical), request))


def signature_of(method: str, url: str, headers: dict[str, str], body: bytes) -> str:
    """What the signature of a request has to be, by the headers that it says it signed."""
    said = headers["authorization"]
    names = said.partition("SignedHeaders=")[2].partition(",")[0].split(";")
    sent = {name: headers[name] for name in names}
    request = AWSRequest(method, url, headers=sent, data=body)
    auth = Given(Credentials(KEY_ID, SECRET), "s3", REGION)
    return auth.signature_at(request, headers["x-amz-date"])


@dataclass
class FakeBucket:
    """What lies there, by key, and how often something was put there."""

    name: str = "figures"
    files: dict[str, str] = field(default_factory=dict)
    puts: list[str] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self._put, methods=["PUT"])])

    async def _put(self, request: Request) -> Response:
        if self.failures:
            return Response(status_code=self.failures.pop(0))
        body, headers = await request.body(), dict(request.headers)
        # As it was sent: what is quoted is signed so.
        path = request.scope["raw_path"].decode()
        wanted = signature_of("PUT", f"http://{headers['host']}{path}", headers, body)
        if not headers["authorization"].endswith(f"Signature={wanted}"):
            return Response("SignatureDoesNotMatch", 403)
        bucket, _, key = unquote(path)[1:].partition("/")
        if bucket != self.name:
            return Response("NoSuchBucket", 404)
        self.files[key] = body.decode()
        self.puts.append(key)
        return Response()
