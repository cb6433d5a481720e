"""What can go wrong with keys."""

from domain.errors import DomainError


class KeyDestroyed(DomainError):
    """What was asked for has been erased: its key no longer exists."""

    code = "ERASED"
