"""How much may be asked for: a limit for each operation, and buckets that fill again.

Every operation is charged to its tenant, to whoever asks, and to the address it comes from. What
was charged and what is left stands in the answer's `extensions.cost`.
"""

from collections.abc import AsyncIterator
from typing import Any

from graphql import ExecutionResult, GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.types.graphql import OperationType

from api.graphql.allowances import Allowance
from api.graphql.context import Context
from api.graphql.costs import cost_of
from domain.errors import RateLimited
from domain.rates import Bucket, Taken, charge
from domain.scope import Scope

TOO_DEAR = "OPERATION_TOO_EXPENSIVE"


class Rated(SchemaExtension):
    """Refuses what costs too much, charges for the rest, and says so in the answer."""

    _cost = 0
    _taken: Taken | None = None

    async def on_execute(self) -> AsyncIterator[None]:
        """Charge before anything runs."""
        asked = self.execution_context
        context: Context = asked.context
        document = asked.graphql_document
        if document is not None:
            schema = asked.schema._schema
            self._cost = cost_of(schema, document, asked.operation_name, asked.variables)
            refusal = await self._refused(context)
            if refusal is not None:
                asked.result = ExecutionResult(None, [refusal])
        yield

    async def _refused(self, context: Context) -> GraphQLError | None:
        rates = context.rates
        if self._cost > rates.operation:
            message = f"This operation costs {self._cost} points; at most {rates.operation} run"
            return GraphQLError(message, extensions={"code": TOO_DEAR, "cost": self._cost})
        if context.limiter is None:
            return None
        taken = self._taken = await charge(context.limiter, buckets_of(context), self._cost)
        if taken is None or taken.granted:
            return None
        late = RateLimited("Too much was asked for; wait a little", retry_after=taken.retry_after)
        return GraphQLError(late.message, original_error=late)

    def get_results(self) -> dict[str, Any]:
        """What was charged, and what is left; a subscription is charged once, when it begins."""
        asked = self.execution_context
        # Nothing was charged for what could not even be read.
        if not self._cost or asked.operation_type is OperationType.SUBSCRIPTION:
            return {}
        context: Context = asked.context
        told = {"requested": self._cost, "limit": context.rates.operation}
        if self._taken is not None:
            told["remaining"] = self._taken.remaining
        return {"cost": told}


def buckets_of(context: Context) -> list[Bucket]:
    """Who is charged: the tenant, whoever asks, and their address."""
    rates, scope = context.rates, context.asked_by
    buckets = [_bucket(f"address:{context.address}", rates.address)]
    if isinstance(scope, Scope):
        actor = str(scope.actor)
        buckets.append(_bucket(f"tenant:{scope.tenant_id}", rates.tenant))
        buckets.append(_bucket(f"actor:{scope.tenant_id}:{actor}", rates.actor))
    return buckets


def _bucket(name: str, allowance: Allowance) -> Bucket:
    return Bucket(f"graphql:{name}", allowance.points, allowance.per_second)
