"""What a business says of a tool: values, checked before they are stored."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.errors import FieldProblem, InvalidInput
from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from domain.privacy.recipients import Recipient, Standing, TransferBasis
from domain.receptionist.offers import Condition
from plugins.custom_tools.models import CustomTool
from plugins.custom_tools.rules import USUAL_BUDGET


class InputSource(StrEnum):
    """Where the value of an input comes from."""

    ASKED = "asked"
    """The caller is asked."""
    CALLER_EMAIL = "caller_email"
    CALLER_NAME = "caller_name"
    CALLER_PHONE = "caller_phone"
    """What is known of a caller who is proven; the others are likewise."""


class AnswerKind(StrEnum):
    """How a field of the answer is said."""

    DATE = "date"
    """ISO 8601 in the answer; said as `Tuesday, November 17`."""
    NUMBER = "number"
    TEXT = "text"


class Part(BaseModel):
    """A part of a definition; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ToolInput(Part):
    """One property of the schema: where it comes from, and what kind of data it is."""

    key: str
    source: InputSource = InputSource.ASKED
    ask: str = ""
    """The question, where the caller is asked."""
    data: DataClass = DataClass.NONE
    only_if: dict[str, str] = Field(default_factory=dict)
    """Asked only if earlier answers were these."""


class AnswerField(Part):
    """One field of the answer that may be said: where it stands (JSON Pointer, RFC 6901)."""

    name: str
    at: str
    kind: AnswerKind = AnswerKind.TEXT


class Definition(Part):
    """Everything a business says of one tool, but for its secret."""

    name: str
    purpose: str
    """What it does, in a sentence."""
    url: str
    phrases: tuple[str, ...]
    """What callers say who want it."""
    input_schema: dict[str, Any]
    inputs: tuple[ToolInput, ...] = ()
    answers: tuple[AnswerField, ...] = ()
    says: str
    """What is said of an answer; `{name}` is a field of it."""
    says_nothing_found: str = ""
    """What is said of a 404; without it that is a failure."""
    says_failing: str = ""
    says_holding: str = ""
    says_otherwise: str = ""
    """What is said where a condition does not hold."""
    conditions: tuple[Condition, ...] = ()
    budget_ms: int = USUAL_BUDGET
    repeatable: bool = False
    """Whether the same request twice does no more than once."""
    party: str
    """Who keeps the address."""
    country: str = ""
    """Where: ISO 3166; empty if nobody knows, which lies in no region."""
    transfer: TransferBasis = TransferBasis.UNKNOWN
    enabled: bool = True

    @classmethod
    def parsed(cls, values: Mapping[str, Any]) -> Self:
        """A definition from values. Raises `InvalidInput`."""
        try:
            return cls.model_validate(dict(values))
        except ValidationError as wrong:
            problems = [
                FieldProblem(".".join(map(str, each["loc"])), each["msg"])
                for each in wrong.errors()
            ]
            raise InvalidInput("Some values are not allowed", *problems) from wrong

    @classmethod
    def of(cls, row: CustomTool) -> Self:
        """The definition of a row."""
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields})

    @property
    def columns(self) -> dict[str, Any]:
        """The definition as its row holds it."""
        plain = self.model_dump(mode="json")
        return {**plain, "transfer": self.transfer}

    @property
    def data(self) -> frozenset[DataClass]:
        """What of callers leaves with it."""
        return frozenset(each.data for each in self.inputs) - {DataClass.NONE}

    @property
    def recipient(self) -> Recipient:
        """Who is told."""
        return Recipient(
            name=self.party,
            service=f"answers the tool {self.name}",
            data=self.data,
            purpose=Purpose.CALL_DELIVERY,
            country=self.country,
            transfer=self.transfer,
            standing=Standing.CHOSEN,
        )
