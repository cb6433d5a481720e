"""Copies that are no rows of a person: files, letters, payloads. Each feature lets go of its own.

A feature that keeps such copies says so in `copies.py` (`COPIES = (forget, …)`).
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import cast
from uuid import UUID

from domain.handlers import declared
from domain.work import UnitOfWork

Forget = Callable[[UnitOfWork, UUID], Awaitable[Mapping[str, int]]]
"""Lets go of every copy of what is known of a contact; says of what, and how many there were.

Called when an erasure begins, while the contact can still be read, and when it is gone.
"""


def keepers() -> tuple[Forget, ...]:
    """Everybody who lets go of copies."""
    return cast(tuple[Forget, ...], declared("copies"))
