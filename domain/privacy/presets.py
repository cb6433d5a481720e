"""Five policies to begin with, each after one that is published; a business then makes it its own.

Where a published policy is silent, the strictest of the others is taken: 365 days for what is
learnt of callers, 90 days after closure for accounts, 24 months for usage, five working days to
delete, TLS 1.3, eighteen years, no training.
"""

from collections.abc import Mapping

from domain.personal import DataClass
from domain.privacy.periods import Period
from domain.privacy.policy import (
    Action,
    Deadline,
    Destination,
    OperatorProfile,
    Preset,
    PrivacyProfile,
    Retention,
    Schedule,
    Sensitive,
    Since,
)
from domain.privacy.purposes import BASIS, Basis, Purpose

DEFAULT = Preset.NINETY_DAYS

# What each kind of data is there for.
_FOR: Mapping[DataClass, Purpose] = {
    DataClass.ACCOUNT: Purpose.SERVICE,
    DataClass.APPOINTMENT: Purpose.SCHEDULING,
    DataClass.AUDIT: Purpose.SECURITY,
    DataClass.BILLING: Purpose.BILLING,
    DataClass.CALL_METADATA: Purpose.CALL_ROUTING,
    DataClass.CALLER_IDENTITY: Purpose.CALL_DELIVERY,
    DataClass.CONSENT: Purpose.LEGAL,
    DataClass.DEVICE: Purpose.SECURITY,
    DataClass.INQUIRY: Purpose.CALL_DELIVERY,
    DataClass.LEAD: Purpose.CALL_DELIVERY,
    DataClass.LOCATION: Purpose.SECURITY,
    DataClass.LOG: Purpose.MONITORING,
    DataClass.MARKETING: Purpose.MARKETING,
    DataClass.RECORDING: Purpose.CALL_DELIVERY,
    DataClass.SUPPORT: Purpose.SUPPORT,
    DataClass.SURVEY: Purpose.SURVEYS,
    DataClass.TRANSCRIPT: Purpose.CALL_DELIVERY,
    DataClass.USAGE: Purpose.ANALYTICS,
}
# Kept because somebody may have to answer for it.
_OBLIGED = {DataClass.BILLING: Basis.LEGAL_OBLIGATION, DataClass.CONSENT: Basis.LEGAL_OBLIGATION}

_DAYS_90, _YEAR, _YEARS_7 = Period(days=90), Period(days=365), Period(years=7)
_MONTHS_24 = Period(months=24)
# Somebody who was called or recorded without consent may sue for four years (28 U.S.C. § 1658).
_YEARS_4 = Period(years=4)
# Documentation is kept for six years where health is concerned (45 CFR 164.316); so everywhere.
_YEARS_6 = Period(years=6)
# 275 days and 90 in the archive are the 365 after which nothing may be left.
_DAYS_275 = Period(days=275)

_SENSITIVE = frozenset({Sensitive.BIRTH_DATE, Sensitive.SOCIAL_SECURITY})
# Outside the record nobody needs them.
_OUTSIDE = frozenset(Destination) - {Destination.RECORD}
_MASKED = dict.fromkeys(_OUTSIDE, _SENSITIVE)
# The model must hear what a patient wants; nobody else hears of it by the way.
_MASKED_HEALTH = {
    to: _SENSITIVE if to is Destination.MODEL else frozenset(Sensitive) for to in _OUTSIDE
}
_SOON, _IN_THIRTY_DAYS = Deadline(days=5, working=True), Deadline(days=30)


def _keep(data_class: DataClass, keep: Period, **rest: object) -> Retention:
    purpose = _FOR[data_class]
    basis = _OBLIGED.get(data_class, BASIS[purpose])
    return Retention.model_validate({"keep": keep, "purpose": purpose, "basis": basis, **rest})


def _schedule(periods: Mapping[DataClass, Period]) -> Schedule:
    return {data_class: _keep(data_class, keep) for data_class, keep in periods.items()}


def _of_callers(*, said: Period, rest: Period, consent: Period) -> Schedule:
    """What was said, and everything else that is known of callers."""
    return _schedule(
        {
            DataClass.APPOINTMENT: rest,
            DataClass.CALL_METADATA: rest,
            DataClass.CALLER_IDENTITY: rest,
            DataClass.CONSENT: consent,
            DataClass.INQUIRY: said,
            DataClass.LEAD: rest,
            DataClass.RECORDING: said,
            DataClass.SURVEY: said,
            DataClass.TRANSCRIPT: said,
        }
    )


def _archived(schedule: Schedule) -> Schedule:
    """The same, but the last ninety days of each year are spent in the archive."""
    archived = {"then": Action.ARCHIVE, "archived": _DAYS_90}
    return {
        data_class: rule if data_class is DataClass.CONSENT else rule.model_copy(update=archived)
        for data_class, rule in schedule.items()
    }


_CUSTOMERS: Schedule = {
    **_schedule(
        {
            DataClass.AUDIT: _YEARS_6,
            DataClass.BILLING: _YEARS_7,
            DataClass.DEVICE: _YEAR,
            DataClass.LOCATION: _YEAR,
            DataClass.LOG: _YEAR,
            DataClass.MARKETING: _MONTHS_24,
            DataClass.SUPPORT: _MONTHS_24,
        }
    ),
    DataClass.ACCOUNT: _keep(DataClass.ACCOUNT, _DAYS_90, since=Since.CLOSURE),
    DataClass.USAGE: _keep(DataClass.USAGE, _MONTHS_24, then=Action.ANONYMISE),
}
_CUSTOMERS_INACTIVE: Schedule = {
    **_CUSTOMERS,
    DataClass.ACCOUNT: _keep(
        DataClass.ACCOUNT,
        _DAYS_275,
        since=Since.INACTIVITY,
        then=Action.ARCHIVE,
        archived=_DAYS_90,
    ),
}

CALLERS: Mapping[Preset, PrivacyProfile] = {
    Preset.NINETY_DAYS: PrivacyProfile(
        preset=Preset.NINETY_DAYS,
        retention=_of_callers(said=_DAYS_90, rest=_YEAR, consent=_YEARS_4),
        delete_within=_SOON,
        answer_within=_IN_THIRTY_DAYS,
        minimum_age=13,
        masked=_MASKED,
    ),
    Preset.PLAN_BOUND: PrivacyProfile(
        preset=Preset.PLAN_BOUND,
        retention=_of_callers(said=Period(months=6), rest=_YEAR, consent=_YEARS_4),
        delete_within=_SOON,
        answer_within=_IN_THIRTY_DAYS,
        masked=_MASKED,
    ),
    Preset.HEALTHCARE: PrivacyProfile(
        preset=Preset.HEALTHCARE,
        forget_children=False,
        retention=_of_callers(said=_YEARS_7, rest=_YEARS_7, consent=_YEARS_7),
        delete_within=_SOON,
        answer_within=_IN_THIRTY_DAYS,
        hipaa=True,
        masked=_MASKED_HEALTH,
    ),
    Preset.INACTIVITY: PrivacyProfile(
        preset=Preset.INACTIVITY,
        retention=_archived(_of_callers(said=_DAYS_275, rest=_DAYS_275, consent=_YEARS_4)),
        delete_within=_SOON,
        answer_within=_IN_THIRTY_DAYS,
        tls_floor="1.2",
        masked=_MASKED,
    ),
    Preset.MINIMAL: PrivacyProfile(
        preset=Preset.MINIMAL,
        retention=_of_callers(said=Period(days=30), rest=_DAYS_90, consent=_YEARS_4),
        delete_within=_IN_THIRTY_DAYS,
        answer_within=_IN_THIRTY_DAYS,
        masked=_MASKED,
    ),
}

CUSTOMERS: Mapping[Preset, OperatorProfile] = {
    preset: OperatorProfile(
        preset=preset,
        retention=_CUSTOMERS_INACTIVE if preset is Preset.INACTIVITY else _CUSTOMERS,
        delete_within=profile.delete_within,
        answer_within=profile.answer_within,
        tls_floor=profile.tls_floor,
    )
    for preset, profile in CALLERS.items()
}
