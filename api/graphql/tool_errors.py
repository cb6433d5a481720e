"""Failures around a business's own tools, as members of result unions."""

from typing import ClassVar

import strawberry

from api.graphql.mirrors import Mirror
from plugins.custom_tools.errors import ToolNameTaken, ToolShut, TooManyTools
from plugins.graphql_kit import UserError


@strawberry.type
class TooManyToolsError(UserError):
    """There are as many tools as a business can have."""

    limit: int


@strawberry.type
class ToolNameTakenError(UserError):
    """Another tool of the business has this name."""

    at: ClassVar[str] = "name"


@strawberry.type
class ToolShutError(UserError):
    """What is known of callers may not go to that address."""

    why: str


HANDLERS = [
    Mirror(TooManyTools, TooManyToolsError),
    Mirror(ToolNameTaken, ToolNameTakenError),
    Mirror(ToolShut, ToolShutError),
]
