"""How a business is to be set up, as values: what a template holds, or a change of many tenants."""

from typing import Any, Self

from pydantic import ValidationError, field_validator, model_validator

from domain.business.profile import Part, Question, ResourceKind, Rules
from domain.errors import FieldProblem, InvalidInput
from domain.hours import OpenHours
from domain.outreach.agreements.models import Route
from domain.reminders.models import RuleKind
from domain.reminders.rules import check_timing, check_words

# A business that needs more is not like others any more.
MOST_PARTS = 200


class ResourceSetup(Part):
    """Somebody or something that visits occupy, at the default location."""

    name: str
    kind: ResourceKind = ResourceKind.STAFF
    capacity: int = 1


class ServiceSetup(Part):
    """Something to be booked; what is left out stays as it is, or as it usually is."""

    name: str
    duration_minutes: int = 30
    description: str = ""
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    price_minor: int | None = None
    for_new_callers: bool = True
    for_returning_callers: bool = True
    bookable: bool = True
    aliases: tuple[str, ...] = ()
    provided_by: tuple[str, ...] = ()
    """The names of those who can provide it; others who can stay so."""


class IntakeSetup(Part):
    """Questions to be asked."""

    name: str
    questions: tuple[Question, ...]


class ReminderSetup(Part):
    """That people are told of their visits: of one service, or of all without rules."""

    kind: RuleKind
    route: Route = Route.EMAIL
    minutes_before: int | None = None
    service: str = ""
    words: str = ""
    """What it says, with places to fill; what the trade or the catalogue says, if nothing."""

    @model_validator(mode="after")
    def _can_be_made(self) -> Self:
        if self.route is Route.CALL:
            raise ValueError("People are told by e-mail or by text")
        try:
            check_timing(self.kind, self.minutes_before)
            check_words(self.words)
        except InvalidInput as wrong:
            raise ValueError(wrong.problems[0].message) from None
        return self


class KnowledgeSetup(Part):
    """A question, and what to answer."""

    question: str
    answer: str


class PluginSetup(Part):
    """A plugin's settings, without its secrets: those belong to each business itself."""

    enabled: bool = True
    settings: dict[str, Any] = {}


class Setup(Part):
    """What is to be so. Everything is found by its name; what is not named stays as it is."""

    hours: tuple[OpenHours, ...] | None = None
    """Of the default location."""
    resources: tuple[ResourceSetup, ...] = ()
    services: tuple[ServiceSetup, ...] = ()
    intakes: tuple[IntakeSetup, ...] = ()
    reminders: tuple[ReminderSetup, ...] = ()
    """What is there already for the same kind, route, time and service stays as it is."""
    rules: dict[str, Any] = {}
    """Any of `Rules`; within `booking`, any of its fields."""
    knowledge: tuple[KnowledgeSetup, ...] = ()
    plugins: dict[str, PluginSetup] = {}

    @field_validator("rules")
    @classmethod
    def _rules_exist(cls, rules: dict[str, Any]) -> dict[str, Any]:
        merged(Rules(), rules)
        return rules

    @field_validator("resources", "services", "intakes", "reminders", "knowledge", "plugins")
    @classmethod
    def _not_too_many(cls, parts: Any) -> Any:
        if len(parts) > MOST_PARTS:
            raise ValueError(f"Use at most {MOST_PARTS}")
        return parts


def merged(rules: Rules, wanted: dict[str, Any]) -> Rules:
    """The rules with what is wanted in their place."""
    now = rules.model_dump(mode="json")
    booking = wanted.get("booking", {})
    if not isinstance(booking, dict):
        raise ValueError("booking is a set of rules")
    return Rules.model_validate(now | wanted | {"booking": now["booking"] | booking})


def read(content: Any) -> Setup:
    """A setup as somebody wrote it. Raises `InvalidInput`."""
    try:
        return Setup.model_validate(content)
    except ValidationError as wrong:
        problems = [
            FieldProblem(".".join(["content", *map(str, each["loc"])]), each["msg"])
            for each in wrong.errors(include_input=False, include_url=False)
        ]
        raise InvalidInput("The setup cannot be understood", *problems) from None


def stored(setup: Setup) -> dict[str, Any]:
    """The setup as it is kept: what was not said stays unsaid."""
    kept: dict[str, Any] = setup.model_dump(mode="json", exclude_unset=True)
    return kept
