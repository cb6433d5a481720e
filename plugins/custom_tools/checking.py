"""Whether a definition makes sense: each part by itself, and all of them together."""

from collections.abc import Callable, Iterable
from string import Formatter

from domain.business.profile import Question, QuestionKind
from domain.business.questions import check_questions
from domain.errors import InvalidInput
from domain.personal import DataClass
from domain.receptionist.offers import Condition
from domain.words import fitting, within
from integrations.http_out import AddressRefused, Reach
from plugins.custom_tools import rules, schemas
from plugins.custom_tools.definition import Definition, InputSource, ToolInput

# A caller cannot do both.
APART = frozenset({Condition.IN_WRITING, Condition.ON_THE_PHONE})
OF_PERSON = frozenset({QuestionKind.EMAIL, QuestionKind.PHONE})


def checked(given: Definition, reach: Reach) -> Definition:
    """The definition, its words without blanks around them. Raises `InvalidInput`."""
    made = given.model_copy(update=_words(given))
    for check in CHECKS:
        check(made)
    _check_address(made, reach)
    return made


def questions(made: Definition) -> tuple[Question, ...]:
    """What a caller is asked, in order."""
    known = made.input_schema["properties"]
    required = made.input_schema.get("required", ())
    return tuple(
        _question(each, known[each.key], required=each.key in required)
        for each in made.inputs
        if each.source is InputSource.ASKED
    )


def _question(asked: ToolInput, given: schemas.Property, *, required: bool) -> Question:
    return Question(
        key=asked.key,
        ask=asked.ask,
        kind=schemas.kind_of(given),
        choices=tuple(given.get("enum", ())),
        required=required,
        only_if=asked.only_if,
    )


def _words(given: Definition) -> dict[str, object]:
    said = ("says_nothing_found", "says_failing", "says_holding", "says_otherwise")
    return {
        "name": fitting("name", given.name, rules.LONGEST_NAME),
        "purpose": fitting("purpose", given.purpose, rules.LONGEST_PURPOSE),
        "party": fitting("party", given.party, rules.LONGEST_PARTY),
        "says": fitting("says", given.says, rules.LONGEST_WORDS),
        "phrases": tuple(fitting("phrases", each, rules.LONGEST_PHRASE) for each in given.phrases),
        **{name: within(name, getattr(given, name), rules.LONGEST_WORDS) for name in said},
    }


def _check_itself(made: Definition) -> None:
    if not rules.SLUG.fullmatch(made.name):
        raise InvalidInput.at("name", "Use a to z, 0 to 9 and _, such as parcel_status")
    if not 0 < len(made.phrases) <= rules.MOST_PHRASES:
        raise InvalidInput.at("phrases", f"Name 1 to {rules.MOST_PHRASES} things callers say")
    if made.country and not rules.COUNTRY.fullmatch(made.country):
        raise InvalidInput.at("country", "Use two letters of ISO 3166, such as DE")
    if set(made.conditions) >= APART:
        raise InvalidInput.at("conditions", "Nobody writes and telephones at once")
    if not rules.LEAST_BUDGET <= made.budget_ms <= rules.MOST_BUDGET:
        span = f"{rules.LEAST_BUDGET} to {rules.MOST_BUDGET}"
        raise InvalidInput.at("budgetMs", f"A caller waits {span} milliseconds")


def _check_schema(made: Definition) -> None:
    schemas.check_schema(made.input_schema)
    known = made.input_schema["properties"]
    named = [each.key for each in made.inputs]
    if len(set(named)) != len(named) or not set(named) <= known.keys():
        raise InvalidInput.at("inputs", "Each input is one property of the schema, named once")
    missing = set(made.input_schema.get("required", ())) - set(named)
    if missing:
        raise InvalidInput.at("inputs", f"Say where {', '.join(sorted(missing))} comes from")


def _check_inputs(made: Definition) -> None:
    known = made.input_schema["properties"]
    for each in made.inputs:
        path = f"inputs.{each.key}"
        _check_data(path, each, known[each.key])
        asked = each.source is InputSource.ASKED
        if asked != bool(each.ask.strip()):
            raise InvalidInput.at(f"{path}.ask", "Only what callers are asked has a question")
        if len(each.ask) > rules.LONGEST_QUESTION:
            longest = rules.LONGEST_QUESTION
            raise InvalidInput.at(f"{path}.ask", f"Use at most {longest} characters")
        if each.only_if and each.key in made.input_schema.get("required", ()):
            raise InvalidInput.at(f"{path}.onlyIf", "What is always required is always asked")
    check_questions(questions(made))
    _need_proof(made)


def _check_data(path: str, given: ToolInput, of: schemas.Property) -> None:
    """What leaves is called by its name: nobody's number is said to be nothing."""
    if given.data not in rules.MAY_LEAVE:
        named = ", ".join(sorted(each.name for each in rules.MAY_LEAVE))
        raise InvalidInput.at(f"{path}.data", f"Use one of {named}")
    kind = schemas.kind_of(of)
    of_person = given.source is not InputSource.ASKED or kind in OF_PERSON
    if of_person and given.data is not DataClass.CALLER_IDENTITY:
        raise InvalidInput.at(f"{path}.data", "This says who calls: CALLER_IDENTITY")
    free = kind is QuestionKind.TEXT and "pattern" not in of
    if free and given.data is DataClass.NONE:
        words = "Free words may hold anything: say INQUIRY, or give the property a pattern"
        raise InvalidInput.at(f"{path}.data", words)
    if given.source is not InputSource.ASKED and of["type"] != "string":
        raise InvalidInput.at(f"{path}.source", "What is known of a caller is a string")


def _need_proof(made: Definition) -> None:
    """What is known of a caller goes with a caller who is proven, and nobody else."""
    told = any(each.source is not InputSource.ASKED for each in made.inputs)
    if told and Condition.CALLER_PROVEN not in made.conditions:
        raise InvalidInput.at("conditions", "What is known of callers needs CALLER_PROVEN")


def _check_answers(made: Definition) -> None:
    names = [each.name for each in made.answers]
    if len(names) > rules.MOST_FIELDS or len(set(names)) != len(names):
        raise InvalidInput.at("answers", f"Name {rules.MOST_FIELDS} fields at most, each once")
    for each in made.answers:
        if not rules.SLUG.fullmatch(each.name):
            raise InvalidInput.at("answers", "Call a field by a to z, 0 to 9 and _")
        if not each.at.startswith("/") or each.at.count("/") > rules.DEEPEST:
            raise InvalidInput.at("answers", f"{each.name} is found by a pointer, such as /eta")
    if not set(named_in(made.says)) <= set(names):
        raise InvalidInput.at("says", "Only fields that are named in answers can be said")


def named_in(template: str) -> list[str]:
    """The fields of a template; `{{` and `}}` are braces. Raises `InvalidInput`."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError as problem:
        raise InvalidInput.at("says", "A brace is not closed") from problem
    found = [(name, spec, as_) for _, name, spec, as_ in parts if name is not None]
    if any(spec or as_ or not rules.SLUG.fullmatch(name) for name, spec, as_ in found):
        raise InvalidInput.at("says", "Write a field as {name}, and nothing else in braces")
    return [name for name, _, _ in found]


def _check_address(made: Definition, reach: Reach) -> None:
    try:
        target = reach.target(made.url)
    except AddressRefused as refused:
        raise InvalidInput.at("url", str(refused), "ADDRESS_REFUSED") from refused
    if target.scheme != "https" and not reach.networks:
        raise InvalidInput.at("url", "The address must begin with https://", "ADDRESS_REFUSED")


def check_secret(header: str, secret: str) -> None:
    """Raise `InvalidInput` unless it can be sent as a header of its own."""
    if not rules.HEADER.fullmatch(header) or header.lower() in rules.OURS:
        raise InvalidInput.at("secret.header", "Name a header, such as Authorization")
    if not 0 < len(secret) <= rules.LONGEST_SECRET or not secret.isascii():
        most = rules.LONGEST_SECRET
        raise InvalidInput.at("secret.value", f"Use 1 to {most} characters of ASCII")
    if not secret.isprintable() or secret != secret.strip():
        raise InvalidInput.at("secret.value", "A header has no line breaks, and no blanks around")


CHECKS: Iterable[Callable[[Definition], None]] = (
    _check_itself,
    _check_schema,
    _check_inputs,
    _check_answers,
)
