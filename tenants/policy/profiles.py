"""Profiles as they are stored: which of the two kinds a tenant has, and what it starts from."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from domain.errors import FieldProblem, InvalidInput
from domain.personal import DataClass
from domain.privacy.policy import OperatorProfile, Preset, PrivacyProfile, Profile
from domain.privacy.presets import CALLERS, CUSTOMERS, DEFAULT
from domain.scope import TenantKind

# Profiles change rarely and are wanted at every request.
MOST_REMEMBERED = 4096
Values = Mapping[str, Any]


def start(kind: TenantKind, preset: Preset = DEFAULT) -> Profile:
    """What a tenant of that kind promises before it has said anything else."""
    return CUSTOMERS[preset] if kind is TenantKind.OPERATOR else CALLERS[preset]


def stored(kind: TenantKind, written: Values | None) -> Profile:
    """The profile in a column, or what tenants start from."""
    if not written:
        return start(kind)
    return _read(_type(kind), json.dumps(written))


def promised(written: Values) -> Profile:
    """The profile of a version: only an operator's speaks of accounts."""
    of_accounts = DataClass.ACCOUNT in written["retention"]
    return stored(TenantKind.OPERATOR if of_accounts else TenantKind.BUSINESS, written)


def of_callers(kind: TenantKind, written: Values | None) -> PrivacyProfile:
    """What a tenant does with its callers' data; a house has none."""
    found = stored(kind, written)
    return found if isinstance(found, PrivacyProfile) else CALLERS[DEFAULT]


def changed(profile: Profile, changes: Values) -> Profile:
    """The profile with some of its values changed, checked as a whole. Raises `InvalidInput`.

    Periods are changed one by one: kinds of data that are not named stay as they are.
    """
    values: dict[str, Any] = profile.model_dump(mode="json")
    wanted = {**changes}
    if "preset" in wanted:
        kind = TenantKind.OPERATOR if isinstance(profile, OperatorProfile) else TenantKind.BUSINESS
        fresh = start(kind, wanted["preset"])
        # Who answers for privacy does not depend on what is promised.
        people = {"privacy_contact", "data_protection_officer"}
        values = fresh.model_dump(mode="json", exclude=people) | {n: values[n] for n in people}
    before = values["retention"]
    given = {
        kind: before.get(kind, {}) | rule for kind, rule in wanted.pop("retention", {}).items()
    }
    values["retention"] = before | given
    return _checked(type(profile), values | wanted)


def _type(kind: TenantKind) -> type[Profile]:
    return OperatorProfile if kind is TenantKind.OPERATOR else PrivacyProfile


@lru_cache(maxsize=MOST_REMEMBERED)
def _read(kind: type[Profile], written: str) -> Profile:
    return kind.model_validate_json(written)


def _checked(kind: type[Profile], values: Values) -> Profile:
    try:
        return kind.model_validate(values)
    except ValidationError as wrong:
        raise InvalidInput("Some values are not allowed", *map(_problem, wrong.errors())) from wrong


def _problem(error: Any) -> FieldProblem:
    return FieldProblem(".".join(map(str, error["loc"])), error["msg"])
