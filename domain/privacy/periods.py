"""Spans of the calendar, as retention and deadlines are written: `P90D`, `P24M`, `P7Y`."""

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

WRITTEN = re.compile(r"P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?")
MONTHS_OF_YEAR = 12
# Comparing needs one length for each: the shortest, so that nothing is kept a day too long.
DAYS_OF_YEAR, DAYS_OF_MONTH = 365, 28


@dataclass(frozen=True)
class Period:
    """Years, months and days, counted on the calendar: a month after 31 January ends February."""

    years: int = 0
    months: int = 0
    days: int = 0

    @classmethod
    def read(cls, written: str) -> "Period":
        """Read an ISO 8601 duration without a time. Raises `ValueError`."""
        found = WRITTEN.fullmatch(written)
        if found is None:
            raise ValueError(f"{written!r} is not a period such as P90D, P6M or P7Y")
        return cls(*(int(number or 0) for number in found.groups()))

    def after(self, moment: datetime) -> datetime:
        """The moment when a period that begins at `moment` is over."""
        return self._shift_months(moment, +1) + timedelta(self.days)

    def before(self, moment: datetime) -> datetime:
        """The last moment at which a period could begin to be over at `moment`."""
        end = moment - timedelta(self.days)
        begin = self._shift_months(end, -1)
        # Whatever began on the last days of a longer month is over on the last day of this one.
        return begin.replace(day=_last_day(begin)) if end.day == _last_day(end) else begin

    @property
    def least_days(self) -> int:
        """The fewest days it can last: what makes periods of different units comparable."""
        years, months = divmod(self.years * MONTHS_OF_YEAR + self.months, MONTHS_OF_YEAR)
        return years * DAYS_OF_YEAR + months * DAYS_OF_MONTH + self.days

    def __str__(self) -> str:
        parts = ((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        return "P" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0D")

    def _shift_months(self, moment: datetime, sign: int) -> datetime:
        whole = moment.month - 1 + sign * (self.years * MONTHS_OF_YEAR + self.months)
        year, month = moment.year + whole // MONTHS_OF_YEAR, whole % MONTHS_OF_YEAR + 1
        first = moment.replace(year=year, month=month, day=1)
        return first.replace(day=min(moment.day, _last_day(first)))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validated,
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )

    @classmethod
    def _validated(cls, value: Any) -> "Period":
        return value if isinstance(value, cls) else cls.read(str(value))


def _last_day(moment: datetime) -> int:
    return calendar.monthrange(moment.year, moment.month)[1]
