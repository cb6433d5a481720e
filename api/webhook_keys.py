"""What receivers of webhooks may ask without signing in: public keys, and the events there are."""

from uuid import UUID

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.errors import NotFound
from domain.events import catalogue
from domain.work import UnitsOfWork
from plugins.catalogue import every_event
from plugins.webhooks.repository import WebhookEndpoints, WebhookKeys
from plugins.webhooks.signatures import jwks
from tenants.service import job_scope

JSON = "application/json"
# Seconds a receiver may keep the keys: much shorter than the usual overlap of a rotation.
KEPT = 300


def routes(unit_of_work: UnitsOfWork) -> list[Route]:
    """`/webhooks/<endpoint>/jwks.json` and `/webhooks/events.json`."""

    async def keys(request: Request) -> Response:
        """The public keys that sign for an endpoint now (RFC 7517)."""
        endpoint_id: UUID = request.path_params["endpoint"]
        tenant_id = await WebhookEndpoints.tenant_of(endpoint_id)
        if tenant_id is None:
            raise NotFound("There is no such endpoint")
        scope = await job_scope(tenant_id, "webhook keys")
        async with unit_of_work(scope, read_only=True) as uow:
            found = jwks(await WebhookKeys(uow).signing(endpoint_id))
        return _json(found, "application/jwk-set+json")

    async def events(_: Request) -> Response:
        """The JSON Schema of every event, by `name@version`."""
        every_event()
        return _json(catalogue(), JSON)

    return [
        Route("/webhooks/{endpoint:uuid}/jwks.json", keys),
        Route("/webhooks/events.json", events),
    ]


def _json(value: object, media_type: str) -> Response:
    headers = {"Cache-Control": f"public, max-age={KEPT}"}
    return Response(orjson.dumps(value), media_type=media_type, headers=headers)
