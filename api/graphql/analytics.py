"""Making the figures of a day anew."""

import datetime
from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.errors import InvalidInputError, PluginNotEnabledError
from plugins.admission import admission
from plugins.analytics import service
from plugins.errors import PluginNotEnabled
from plugins.graphql_kit import InUnitOfWork, Needs


@strawberry.input
class AnalyticsDayRemakeInput:
    """A day whose figures are to be made anew, of those that are over and not too long ago."""

    day: datetime.date


@strawberry.type
class AnalyticsDayRemakePayload:
    """The day; its figures are being made, and delivered again."""

    day: datetime.date


AnalyticsDayRemakeResult = Annotated[
    AnalyticsDayRemakePayload | InvalidInputError | PluginNotEnabledError,
    strawberry.union("AnalyticsDayRemakeResult"),
]


@strawberry.type
class AnalyticsMutations:
    """Deeds around figures of days."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(service.WRITE)])
    async def analytics_day_remake(
        self, info: Info, input: AnalyticsDayRemakeInput
    ) -> AnalyticsDayRemakeResult:
        """Make the figures of a day anew, as after something was corrected."""
        uow = info.context.uow
        await service.order(uow, input.day)
        if (await admission(uow, info.context.registry, service.NAME)).shut:
            raise PluginNotEnabled(service.NAME)
        return AnalyticsDayRemakePayload(day=input.day)
