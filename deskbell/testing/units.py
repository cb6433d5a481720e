"""Units of work without a database: they remember what was recorded and scheduled."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from domain.clock import FixedClock
from domain.ids import RandomIds
from domain.ports import transaction_guard
from domain.scope import Scope
from domain.work import UnitOfWork, UnitsOfWork


class NoDatabase(RuntimeError):
    """A plugin reached for rows; there is no database on the bench."""


class _Absent:
    def __getattr__(self, name: str) -> Any:
        raise NoDatabase("There is no database on the bench: try rows out in a deployment")


@dataclass
class Units:
    """Stands for `UnitsOfWork`."""

    clock: FixedClock
    ids: RandomIds = field(default_factory=RandomIds)
    opened: list[UnitOfWork] = field(default_factory=list)

    @asynccontextmanager
    async def __call__(self, scope: Scope, *, read_only: bool = False) -> AsyncIterator[UnitOfWork]:
        """Open one; what it recorded is in `opened` afterwards."""
        absent = cast(Any, _Absent())
        with transaction_guard():
            unit = UnitOfWork(scope, absent, absent, self.clock.now(), self.ids)
            yield unit
        self.opened.append(unit)

    @property
    def real(self) -> UnitsOfWork:
        """As the type that plugins are given."""
        return cast(UnitsOfWork, self)
