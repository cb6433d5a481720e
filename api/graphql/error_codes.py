"""Every top-level error has a code; what we did not expect shows a number and nothing else."""

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLError
from strawberry.extensions import SchemaExtension

from api.problems import incident
from domain.errors import DomainError, InvalidInput, RateLimited
from domain.sync import ResyncNeeded

# Enough to say what is wrong; a document may hold a name of a megabyte.
LONGEST_MESSAGE = 500


class ErrorCodes(SchemaExtension):
    """Puts codes on errors before they leave, in answers and in every event of a stream."""

    _streamed = False

    def on_operation(self) -> Iterator[None]:
        """Code the errors of a whole answer."""
        yield
        if not self._streamed:
            _code_errors(self.execution_context.result)

    def on_stream_result(self, result: Any) -> Iterator[None]:
        """Code the errors of one event."""
        self._streamed = True
        _code_errors(result)
        yield


def _code_errors(result: Any) -> None:
    if result is not None and result.errors:
        result.errors = [coded(error) for error in result.errors]


def coded(error: GraphQLError) -> GraphQLError:
    """The error as a client may see it."""
    if "code" in (error.extensions or {}):
        return error
    message, extensions = _told(error)
    return GraphQLError(
        message[:LONGEST_MESSAGE],
        error.nodes,
        error.source,
        error.positions,
        error.path,
        error.original_error,
        extensions,
    )


def _told(error: GraphQLError) -> tuple[str, dict[str, Any]]:
    original = error.original_error
    if isinstance(original, DomainError):
        return original.message, {"code": original.code} | _details(original)
    # Whatever ran has a path: this is a literal that its scalar could not read.
    never_ran = error.path is None and bool(error.nodes)
    if original is None or isinstance(original, GraphQLError) or never_ran:
        return error.message, {"code": "BAD_REQUEST"}
    return "Something went wrong on our side", {"code": "INTERNAL", "incident": incident(original)}


def _details(error: DomainError) -> dict[str, Any]:
    if isinstance(error, RateLimited):
        return {"retryAfter": error.retry_after}
    if isinstance(error, ResyncNeeded):
        return {"earliest": error.earliest.isoformat()}
    if isinstance(error, InvalidInput):
        fields = [{"path": p.path, "message": p.message, "code": p.code} for p in error.problems]
        return {"fields": fields}
    return {}
