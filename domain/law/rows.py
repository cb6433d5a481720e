"""One dated fact of law, as it stands in a table."""

import hashlib
import json
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

# `*` everywhere; ISO 3166-1 countries, ISO 3166-2 subdivisions, and the bodies EU and EEA.
Jurisdiction = Annotated[str, Field(pattern=r"^(\*|[A-Z]{2}(-[A-Z0-9]{1,3})?|EEA)$")]


class Rule(BaseModel):
    """What one rule says in one place during one time.

    A row is never changed: what changes is a new row, and `effective_to` of the old one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule_id: Annotated[str, Field(pattern=r"^[a-z][a-z_]*(\.[a-z_]+)*$")]
    jurisdiction: Jurisdiction
    effective_from: date | None
    """The first day; None: older than anything that is asked about."""
    effective_to: date | None
    """The last day; None: until further notice."""
    value: JsonValue
    source_url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    statute: str = ""
    note: str = ""
    needs_counsel: bool
    """Whether a lawyer has to say more before anybody relies on it."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        ends = self.effective_to
        if self.effective_from and ends and ends < self.effective_from:
            raise ValueError(f"{self.rule_id} {self.jurisdiction} ends before it begins")
        return self

    @cached_property
    def version(self) -> str:
        """A fingerprint of the row: another value, date or source is another version."""
        written = self.model_dump(mode="json", exclude={"effective_to"})
        # That a rule ends one day does not change what it said before.
        return hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()[:12]

    @property
    def reference(self) -> str:
        """How evidence names it: `recording.consent/US-CA@0a1b2c3d4e5f`."""
        return f"{self.rule_id}/{self.jurisdiction}@{self.version}"

    def applies(self, on: date) -> bool:
        """Whether it is in force on a day."""
        begun = self.effective_from is None or self.effective_from <= on
        return begun and (self.effective_to is None or on <= self.effective_to)

    def written(self) -> dict[str, Any]:
        """The row as JSON, with its version."""
        return self.model_dump(mode="json") | {"version": self.version}
