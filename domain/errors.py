"""What can go wrong, in the words of the business.

DomainError
├─ InvalidInput      the request cannot be understood; names the fields
├─ Conflict          the request was fine, the world has moved (see each feature's errors)
├─ LimitReached      a plan or a safety limit stands in the way
├─ NotFound
├─ Forbidden         known, but not allowed
│  └─ StepUpRequired   not without proving anew who one is
├─ Unauthenticated   not known
├─ RateLimited       too often; says when to try again
└─ Unavailable       somebody we depend on failed
"""

from dataclasses import dataclass


class DomainError(Exception):
    """An outcome the caller can act on; shown to clients, never sent to Sentry."""

    code = "DOMAIN_ERROR"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field of an input."""

    path: str
    message: str
    code: str = "INVALID"


class InvalidInput(DomainError):
    """The request cannot be understood as it stands."""

    code = "INVALID_INPUT"

    def __init__(self, message: str, *problems: FieldProblem) -> None:
        super().__init__(message)
        self.problems = problems

    @classmethod
    def at(cls, path: str, message: str, code: str = "INVALID") -> "InvalidInput":
        """One field is wrong."""
        return cls(message, FieldProblem(path, message, code))


class Conflict(DomainError):
    """The request was fine, but the world has moved on."""

    code = "CONFLICT"


class LimitReached(DomainError):
    """A plan or a safety limit stands in the way."""

    code = "LIMIT_REACHED"

    def __init__(self, message: str, *, limit: int, used: int) -> None:
        super().__init__(message)
        self.limit = limit
        self.used = used


class NotFound(DomainError):
    """There is no such thing, or not for this tenant."""

    code = "NOT_FOUND"


class Forbidden(DomainError):
    """Known, but not allowed."""

    code = "FORBIDDEN"
    on_record = False
    """Whether the audit trail tells of this refusal already."""


class StepUpRequired(Forbidden):
    """Allowed, but only to somebody who has just proved again who they are."""

    code = "STEP_UP_REQUIRED"

    def __init__(self) -> None:
        super().__init__("Prove again who you are, then repeat this")


class Unauthenticated(DomainError):
    """Nobody we know."""

    code = "UNAUTHENTICATED"


class RateLimited(DomainError):
    """Too often; `retry_after` is in seconds."""

    code = "RATE_LIMITED"

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(DomainError):
    """Somebody we depend on failed or was too slow."""

    code = "UNAVAILABLE"
