"""What can go wrong with sandboxes, as members of result unions."""

import strawberry

from plugins.graphql_kit import UserError


@strawberry.type
class SandboxExistsError(UserError):
    """There is a sandbox already; reset it, or delete it first."""


@strawberry.type
class NoSandboxError(UserError):
    """There is no sandbox; make one from the business itself."""


@strawberry.type
class OnlyInSandboxError(UserError):
    """That is possible in a sandbox only; ask with a key of one."""
