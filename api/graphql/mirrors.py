"""How a domain error becomes a member of a result union."""

from dataclasses import fields
from typing import Any

from domain.errors import DomainError
from plugins.graphql_kit import UserError


class Mirror:
    """Turns one domain error into its GraphQL type (a `strawberry.ExceptionHandler`)."""

    def __init__(self, exception_type: type[DomainError], error_type: type[UserError]) -> None:
        self.exception_type = exception_type
        self.error_type = error_type
        own = {field.name for field in fields(error_type)}
        self._copied = own - {field.name for field in fields(UserError)}

    def handle(self, exception: DomainError, *, field: Any, info: Any) -> UserError:
        """Copy what the error says."""
        copied = {name: getattr(exception, name) for name in self._copied}
        path = getattr(self.error_type, "at", None)
        return self.error_type(message=exception.message, code=exception.code, path=path, **copied)
