"""How long data must, and may, be kept whatever a business would like: law, plan, plugins."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import FieldProblem, InvalidInput
from domain.personal import DataClass
from domain.privacy.periods import Period
from domain.privacy.policy import OperatorProfile, PrivacyProfile, Profile


class Authority(StrEnum):
    """Who sets a bound."""

    LAW = "law"
    PLAN = "plan"
    PLUGIN = "plugin"


class Side(StrEnum):
    """Whether something may not be shorter, or not be longer."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True)
class Bound:
    """One limit on how long one kind of data is kept."""

    data_class: DataClass
    side: Side
    period: Period
    authority: Authority
    reason: str

    def allows(self, profile: Profile) -> bool:
        """Whether the profile keeps within it."""
        rule = profile.retention.get(self.data_class)
        if rule is None:
            return True
        if self.side is Side.AT_LEAST:
            return rule.longest >= self.period.least_days
        return rule.longest <= self.period.least_days


# What must be proved for six years where health is concerned (45 CFR 164.316(b)(2)(i)).
_SIX_YEARS = Period(years=6)
OF_HIPAA = tuple(
    Bound(data_class, Side.AT_LEAST, _SIX_YEARS, Authority.LAW, "HIPAA documentation, L39")
    for data_class in (DataClass.AUDIT, DataClass.CONSENT)
)
# An operator keeps the trails of all of its customers, and any of them may be one of health.
OF_OPERATOR = tuple(bound for bound in OF_HIPAA if bound.data_class is DataClass.AUDIT)


def bounds_of(profile: Profile) -> Iterator[Bound]:
    """The bounds that follow from the profile itself."""
    recording = profile.retention.get(DataClass.RECORDING)
    if recording is not None:
        kept = Period(days=recording.longest)
        reason = "Consent is proved for as long as there is a recording, L06"
        yield Bound(DataClass.CONSENT, Side.AT_LEAST, kept, Authority.LAW, reason)
    if isinstance(profile, PrivacyProfile) and profile.hipaa:
        yield from OF_HIPAA
    if isinstance(profile, OperatorProfile):
        yield from OF_OPERATOR


def check(profile: Profile, bounds: Iterable[Bound] = ()) -> None:
    """Raise `InvalidInput`, naming every period that is too short or too long."""
    problems = [
        FieldProblem(f"retention.{bound.data_class}", _told(bound), f"TOO_{_wrong(bound)}")
        for bound in (*bounds_of(profile), *bounds)
        if not bound.allows(profile)
    ]
    if problems:
        raise InvalidInput("These periods contradict what binds you", *problems)


def _wrong(bound: Bound) -> str:
    return "SHORT" if bound.side is Side.AT_LEAST else "LONG"


def _told(bound: Bound) -> str:
    least = "at least" if bound.side is Side.AT_LEAST else "at most"
    return f"Keep it for {least} {bound.period} ({bound.authority}: {bound.reason})"
