"""Downloading the authors' originals: only when an operator asks for it, never on its own."""

from collections.abc import Sequence

import httpx

from domain.errors import Unavailable
from integrations.local_speech.catalogue import MODELS, Model, WeightFile
from integrations.local_speech.store import ModelStore


async def fetch(
    store: ModelStore, client: httpx.AsyncClient, models: Sequence[Model] = MODELS
) -> list[str]:
    """Download and verify every file of `models`; returns their names. Raises `Unavailable`."""
    fetched = []
    for model in models:
        for file in model.files:
            await _fetch_file(store, client, model, file)
            fetched.append(f"{model.name}/{file.name}")
    return fetched


async def _fetch_file(
    store: ModelStore, client: httpx.AsyncClient, model: Model, file: WeightFile
) -> None:
    try:
        async with client.stream("GET", file.url, follow_redirects=True) as response:
            response.raise_for_status()
            # The store keeps the file only if its hash is right, whoever answered.
            with store.writing(model, file) as out:
                async for block in response.aiter_bytes():
                    out.write(block)
    except httpx.HTTPError as error:
        raise Unavailable(f"{file.name} could not be downloaded: {error!r}") from error
