"""The port `ObjectStore` on obstore."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import ObjectStore as Backend
from obstore.store import from_url

from domain.errors import InvalidInput, Unavailable
from domain.ports import leave, port
from domain.recordings.errors import ObjectExists, ObjectMissing
from integrations.storage.settings import StorageSettings

SCHEMES = ("file", "s3", "gs", "az")
# The most that a bucket lists at once.
PAGE = 1000


class Objects:
    """One folder, bucket or container."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @port
    async def put(self, key: str, data: bytes) -> None:
        """Keep an object, whole or not at all."""
        with _typed(key):
            await self._backend.put_async(key, data)

    @port
    async def create(self, key: str, data: bytes) -> None:
        """Keep an object where there is none."""
        with _typed(key):
            await self._backend.put_async(key, data, mode="create")

    @port
    async def get(self, key: str) -> bytes:
        """A whole object."""
        with _typed(key):
            found = await self._backend.get_async(key)
            return bytes(await found.bytes_async())

    @port
    async def range(self, key: str, start: int, stop: int) -> bytes:
        """The bytes `start` to `stop` (exclusive) of an object."""
        with _typed(key):
            return bytes(await self._backend.get_range_async(key, start=start, end=stop))

    async def stream(self, key: str) -> AsyncIterator[bytes]:
        """A whole object in pieces."""
        leave()
        with _typed(key):
            found = await self._backend.get_async(key)
            async for piece in found.stream():
                yield bytes(piece)

    @port
    async def list(self, prefix: str) -> list[str]:
        """The keys below a folder, in order."""
        with _typed(prefix):
            pages = self._backend.list(prefix, chunk_size=PAGE)
            return sorted([found["path"] async for page in pages for found in page])

    @port
    async def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; those that are not there are no matter."""
        try:
            await self._delete(keys)
        except ObjectMissing:
            # A folder refuses a batch for one file that is gone; buckets do not.
            for key in keys:
                with suppress(ObjectMissing):
                    await self._delete([key])

    async def _delete(self, keys: Sequence[str]) -> None:
        with _typed(keys[0] if keys else ""):
            await self._backend.delete_async(keys)


def open_store(settings: StorageSettings) -> Objects:
    """The store that an address names. Raises `InvalidInput`."""
    scheme = urlsplit(settings.url).scheme
    if scheme not in SCHEMES:
        raise InvalidInput.at("url", f"Storage is one of {', '.join(SCHEMES)}, not {scheme!r}")
    if scheme == "file":
        return Objects(from_url(settings.url, mkdir=True, automatic_cleanup=True))
    # Which options there are depends on the store; it refuses those it does not know.
    options: Any = settings.options
    plain = settings.options.get("endpoint", "").startswith("http://")
    backend = from_url(
        settings.url,
        config=options,
        client_options={
            "timeout": timedelta(seconds=settings.timeout_seconds),
            "allow_http": plain,
        },
        retry_config={"retry_timeout": timedelta(seconds=settings.retry_seconds)},
    )
    return Objects(backend)


@contextmanager
def _typed(key: str) -> Iterator[None]:
    """Say in our own words what went wrong; theirs name folders and hosts."""
    try:
        yield
    except AlreadyExistsError as problem:
        raise ObjectExists(f"There is an object {key} already") from problem
    except FileNotFoundError as problem:
        raise ObjectMissing(f"There is no object {key}") from problem
    except (BaseError, OSError) as problem:
        raise Unavailable(f"Storage failed: {type(problem).__name__}") from problem
