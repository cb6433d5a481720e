"""The addresses of plugins: `/plugins/<name>/<key>/<path>`, whose key says whose it is.

Whoever asks learns nothing: a wrong key and a tenant that has the plugin off look the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as WebRoute

from domain.errors import NotFound
from domain.rates import Bucket, RateLimiter, admit
from plugins.admission import Equipment, admission
from plugins.guard import Breakers, Guard, Here
from plugins.registry import Registry
from plugins.routes import STATE, Incoming, PluginLinks, Reply, Route, RouteContext
from tenants.service import job_scope

# A vendor that tells of every change of a busy day, and no more.
AT_ONCE, PER_SECOND = 120, 10.0
BUSY = "Too many requests for this plugin at once"


@dataclass(frozen=True)
class PluginDesk:
    """Serves what plugins registered."""

    registry: Registry
    equipment: Equipment
    breakers: Breakers
    limiter: RateLimiter
    links: PluginLinks

    def routes(self) -> Sequence[WebRoute]:
        """Every address of every installed plugin."""
        return [
            WebRoute(each.pattern, self._serving(each), methods=list(each.methods))
            for each in self.registry.routes
        ]

    def _serving(self, route: Route):  # type: ignore[no-untyped-def]  # as Starlette wants it
        async def serve(request: Request) -> Response:
            reply = await self._answer(route, request)
            return Response(reply.body, reply.status, dict(reply.headers))

        return serve

    async def _answer(self, route: Route, request: Request) -> Reply:
        tenant_id = self._tenant(route, request)
        bucket = Bucket(f"plugin:{route.plugin}:{tenant_id}", AT_ONCE, PER_SECOND)
        await admit(self.limiter, [bucket], BUSY)
        context = await self._context(route, tenant_id)
        incoming = Incoming(
            method=request.method,
            path=route.path,
            query=dict(request.query_params),
            headers=dict(request.headers),
            body=await request.body(),
        )
        guard = Guard((tenant_id, route.plugin), self.breakers, Here())
        return await guard.call(lambda: route.endpoint(incoming, context), route.timeout)

    def _tenant(self, route: Route, request: Request) -> UUID:
        found = request.query_params.get(STATE, "") if route.by_state else ""
        key = found.partition(".")[0] if route.by_state else request.path_params["key"]
        tenant_id = self.links.tenant_of(route.plugin, key)
        if tenant_id is None:
            raise _nothing()
        return tenant_id

    async def _context(self, route: Route, tenant_id: UUID) -> RouteContext:
        scope = await job_scope(tenant_id, f"plugin {route.plugin}")
        async with self.equipment.unit_of_work(scope, read_only=True) as uow:
            found = await admission(uow, self.registry, route.plugin)
        if found.shut:
            raise _nothing()
        return self.equipment.capability(RouteContext, found, scope, links=self.links)


def _nothing() -> NotFound:
    return NotFound("There is no such address")
