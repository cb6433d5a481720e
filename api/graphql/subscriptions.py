"""Watching calls, conversations and alerts as they happen.

Redis carries ids only. Each event asks again who watches and what they may see, reads the row in
a unit of work of its own, and closes it before the answer leaves.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from uuid import UUID

import strawberry

from api.graphql import alerts, calls, conversations
from api.graphql.alerts import SecurityAlert
from api.graphql.calls import Call
from api.graphql.context import Info
from api.graphql.conversations import Turn
from api.graphql.ids import read_id
from domain.calls.repository import Calls
from domain.conversations.repository import Conversations, Turns
from integrations.redis_pubsub import Topic, Watched
from plugins.graphql_kit import Needs
from tenants.watch.repository import Alerts


@strawberry.type
class Subscription:
    """What can be watched."""

    @strawberry.subscription(extensions=[Needs(calls.READ)])
    async def call_updated(self, info: Info, call_id: strawberry.ID) -> AsyncGenerator[Call, None]:
        """A call, each time something about it has changed."""
        id = read_id("Call", call_id)
        await Calls(await info.context.read(calls.READ)).get(id)
        async with aclosing(_ids(info, Topic.CALL_UPDATED, id)) as told:
            async for changed in told:
                row = await info.context.row(Calls, calls.READ, changed)
                if row is not None:
                    yield Call.of(row)

    @strawberry.subscription(extensions=[Needs(conversations.SAID)])
    async def turn_added(
        self, info: Info, conversation_id: strawberry.ID
    ) -> AsyncGenerator[Turn, None]:
        """What is said in a conversation, as it is said."""
        id = read_id("Conversation", conversation_id)
        await Conversations(await info.context.read(conversations.SAID)).get(id)
        info.context.saw(id)
        async with aclosing(_ids(info, Topic.TURN_ADDED, id)) as told:
            async for added in told:
                row = await info.context.row(Turns, conversations.SAID, added)
                if row is not None:
                    yield Turn.of(row)

    @strawberry.subscription(extensions=[Needs(alerts.READ)])
    async def security_alert_raised(self, info: Info) -> AsyncGenerator[SecurityAlert, None]:
        """What looks like an attack, as soon as it does."""
        tenant_id = info.context.scope.tenant_id
        info.context.scope.require(alerts.READ)
        async with aclosing(_ids(info, Topic.ALERT_RAISED, tenant_id)) as told:
            async for raised in told:
                row = await info.context.row(Alerts, alerts.READ, raised)
                if row is not None:
                    yield SecurityAlert.of(row)


async def _ids(info: Info, topic: Topic, id: UUID) -> AsyncGenerator[UUID, None]:
    """The ids told of one thing; before each, the one who watches is looked up again."""
    operation = info.context
    watched = Watched(operation.scope.tenant_id, topic, id)
    await operation.close()
    async with operation.live.watch(watched) as told:
        async for changed in told:
            await operation.recheck()
            yield changed
