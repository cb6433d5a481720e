"""What an endpoint may read: what it was lent, and never more than its lender still may."""

from datetime import datetime
from uuid import UUID

from domain.scope import ActorKind
from plugins.context import PluginContext
from plugins.webhooks.models import WebhookEndpoint
from tenants.api_keys import service as api_keys
from tenants.apps import standing as apps
from tenants.repository import Memberships
from tenants.service import member_scope

NOTHING: frozenset[str] = frozenset()


async def granted(
    endpoint: WebhookEndpoint, context: PluginContext, now: datetime
) -> frozenset[str]:
    """What it may read now; who has left or is over lends nothing."""
    lent = frozenset(endpoint.permissions)
    kind, _, id = endpoint.created_by.partition(":")
    if kind == ActorKind.MEMBER:
        return lent & await _of_member(UUID(id), context)
    if kind == ActorKind.KEY:
        standing = await api_keys.by_id(context.tenant_id, UUID(id), now)
        return lent & standing.scope.permissions if standing else NOTHING
    if kind == ActorKind.APP:
        scope = await apps.by_id(context.tenant_id, UUID(id))
        return lent & scope.permissions if scope else NOTHING
    return lent


async def _of_member(user_id: UUID, context: PluginContext) -> frozenset[str]:
    async with context.unit_of_work() as uow:
        memberships = Memberships(uow)
        member = await memberships.maybe(memberships.all().filter(user_id=user_id, frozen_at=None))
    if member is None:
        return NOTHING
    return (await member_scope(context.tenant_id, user_id, member.role)).permissions
