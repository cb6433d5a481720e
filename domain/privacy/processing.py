"""The record of processing (GDPR, article 30): made from purposes, labels, periods and recipients.

Nothing of it is written by hand but the words for each purpose and the kinds of data it needs
beside those that are kept for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.personal import DataClass
from domain.privacy.policy import OF_CALLERS, OF_CUSTOMERS, Profile
from domain.privacy.purposes import BASIS, Basis, Purpose
from domain.privacy.recipients import Recipient

MEANINGS: Mapping[Purpose, str] = {
    Purpose.ANALYTICS: "Reports to a business on its own calls and use",
    Purpose.BILLING: "Payments, subscriptions, accounting and auditing",
    Purpose.CALL_DELIVERY: "Calls and chats answered, and what came of them told to the business",
    Purpose.CALL_ROUTING: "Calls put through as the business wants",
    Purpose.CUSTOMISATION: "Answers made from what the business says of itself",
    Purpose.IMPROVEMENT: "A better receptionist, from anonymised conversations, if agreed to",
    Purpose.INDUSTRY_INSIGHT: "Figures of many businesses together, of nobody in particular",
    Purpose.LEGAL: "What law asks: proof of consent, answers to authorities, deletion in time",
    Purpose.MARKETING: "News to account holders who agreed to it; where a business lets letters of"
    " its own be sent, to who asked for them in writing; nothing of a call is used",
    Purpose.MEASURING_CAMPAIGNS: "Whether that news is read, of those who agreed to it",
    Purpose.MONITORING: "Whether the service works",
    Purpose.PERSONALISATION: "The portal as its user likes it, if agreed to",
    Purpose.SCHEDULING: "Appointments and reminders",
    Purpose.SECURITY: "Misuse and attacks seen, looked into and stopped",
    Purpose.SERVICE: "The service itself: accounts, settings, exports",
    Purpose.SERVICE_MESSAGES: "Letters about the service: alerts, changes, security",
    Purpose.SUPPORT: "Help, and what goes wrong put right",
    Purpose.SURVEYS: "How content people were, if they say so",
}

# What a purpose makes use of that is kept for another one.
ALSO_USES: Mapping[Purpose, frozenset[DataClass]] = {
    Purpose.ANALYTICS: frozenset({DataClass.CALL_METADATA}),
    Purpose.CALL_DELIVERY: frozenset({DataClass.CALL_METADATA}),
    Purpose.CALL_ROUTING: frozenset({DataClass.CALLER_IDENTITY}),
    Purpose.CUSTOMISATION: frozenset({DataClass.BUSINESS, DataClass.TRANSCRIPT}),
    Purpose.IMPROVEMENT: frozenset({DataClass.TRANSCRIPT}),
    Purpose.INDUSTRY_INSIGHT: frozenset({DataClass.CALL_METADATA, DataClass.USAGE}),
    Purpose.LEGAL: frozenset({DataClass.AUDIT}),
    Purpose.MARKETING: frozenset({DataClass.ACCOUNT}),
    Purpose.MEASURING_CAMPAIGNS: frozenset({DataClass.MARKETING}),
    Purpose.MONITORING: frozenset({DataClass.DEVICE}),
    Purpose.PERSONALISATION: frozenset({DataClass.ACCOUNT, DataClass.USAGE}),
    Purpose.SCHEDULING: frozenset({DataClass.CALLER_IDENTITY}),
    Purpose.SECURITY: frozenset({DataClass.ACCOUNT, DataClass.LOG}),
    Purpose.SERVICE: frozenset({DataClass.BUSINESS, DataClass.CREDENTIAL}),
    Purpose.SERVICE_MESSAGES: frozenset({DataClass.ACCOUNT}),
    Purpose.SUPPORT: frozenset({DataClass.ACCOUNT}),
}

CALLERS, CUSTOMERS = "callers", "customers and their staff"


@dataclass(frozen=True)
class Activity:
    """One entry of the record: everything that is done for one purpose."""

    purpose: Purpose
    meaning: str
    basis: Basis
    subjects: tuple[str, ...]
    data: tuple[DataClass, ...]
    kept: Mapping[DataClass, str]
    """For how long, of what is kept for this purpose."""
    recipients: tuple[Recipient, ...]
    jobs: tuple[str, ...]
    """What of the program does it."""

    @property
    def abroad(self) -> tuple[str, ...]:
        """Where else it goes, and what allows that."""
        places = {f"{each.country or 'unknown'} ({each.transfer})" for each in self.recipients}
        return tuple(sorted(places))


def record(
    profiles: Iterable[Profile],
    jobs: Mapping[str, Purpose],
    recipients: Iterable[Recipient] = (),
) -> list[Activity]:
    """Every purpose with what is done for it, in order of their names."""
    rules = [rule for profile in profiles for rule in profile.retention.items()]
    told = tuple(recipients)
    return [_activity(purpose, rules, jobs, told) for purpose in sorted(Purpose)]


def _activity(
    purpose: Purpose,
    rules: list[tuple[DataClass, Any]],
    jobs: Mapping[str, Purpose],
    recipients: tuple[Recipient, ...],
) -> Activity:
    mine = {data_class: rule for data_class, rule in rules if rule.purpose is purpose}
    used = frozenset(mine) | ALSO_USES.get(purpose, frozenset())
    bases = {rule.basis for rule in mine.values()}
    # A vendor that a business chose may be told of more people than the platform needs.
    sent = frozenset(
        each for one in recipients if one.purpose is purpose for each in one.data & OF_CALLERS
    )
    return Activity(
        purpose=purpose,
        meaning=MEANINGS[purpose],
        # Where rules differ from what is usual for the purpose, each is told with its period.
        basis=bases.pop() if len(bases) == 1 else BASIS[purpose],
        subjects=_subjects(used | sent),
        data=tuple(sorted(used | sent)),
        kept={data_class: _told(rule) for data_class, rule in sorted(mine.items())},
        recipients=tuple(each for each in recipients if _takes_part(each, purpose, used)),
        jobs=tuple(sorted(name for name, what_for in jobs.items() if what_for is purpose)),
    )


def _takes_part(recipient: Recipient, purpose: Purpose, used: frozenset[DataClass]) -> bool:
    """Whether it is there for the purpose, or holds everything, as a database does."""
    return recipient.purpose is purpose or recipient.data >= used


def _subjects(used: frozenset[DataClass]) -> tuple[str, ...]:
    theirs = {CALLERS: OF_CALLERS, CUSTOMERS: OF_CUSTOMERS | {DataClass.BUSINESS}}
    return tuple(who for who, classes in theirs.items() if classes & used)


def _told(rule: Any) -> str:
    archived = f", archived for {rule.archived}" if rule.archived else ""
    return f"{rule.keep} since {rule.since}, then {rule.then}{archived} ({rule.basis})"


def plain(activity: Activity) -> dict[str, Any]:
    """An entry as JSON."""
    return {
        "purpose": activity.purpose,
        "meaning": activity.meaning,
        "basis": activity.basis,
        "subjects": list(activity.subjects),
        "data": list(activity.data),
        "kept": dict(activity.kept),
        "recipients": [each.name for each in activity.recipients],
        "abroad": list(activity.abroad),
        "jobs": list(activity.jobs),
    }
