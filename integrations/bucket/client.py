"""One bucket, into which files are put whole: the same name again is the same file again."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from domain.errors import Conflict, Unavailable
from domain.outgoing import Http
from integrations.bucket.signature import Keys, signed

HOME = "https://s3.{region}.amazonaws.com"


class BucketRefused(Conflict):
    """The bucket does not let us in, or is not there: its owner has to look after it."""

    code = "BUCKET_REFUSED"

    def __init__(self, status: int) -> None:
        super().__init__("The bucket does not take our files")
        self.reason = f"status_{status}"


@dataclass(frozen=True)
class Bucket:
    """A bucket at Amazon, or wherever its endpoint says."""

    http: Http
    keys: Keys
    name: str
    endpoint: str = ""

    async def put(self, key: str, body: bytes, kind: str, at: datetime) -> None:
        """Keep a file. Raises `BucketRefused` and `Unavailable`."""
        home = self.endpoint.rstrip("/") or HOME.format(region=self.keys.region)
        url = f"{home}/{quote(self.name)}/{quote(key)}"
        headers = signed(self.keys, "PUT", url, {"Content-Type": kind}, body, at)
        answer = await self.http.ask("PUT", url, headers, body)
        if answer.status == 429 or answer.status >= 500:
            raise Unavailable("The bucket does not answer as it should")
        # A redirect names another region, which is the owner's to set.
        if not 200 <= answer.status < 300:
            raise BucketRefused(answer.status)
