"""The privacy policy that a business publishes, written from its profile.

Every number, every choice and every recipient in it comes from what the program goes by: the text
cannot promise what is not done.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.personal import DataClass
from domain.privacy.periods import Period
from domain.privacy.policy import (
    Action,
    Contact,
    Deadline,
    PrivacyProfile,
    Retention,
    Since,
    StorageMode,
)
from domain.privacy.purposes import Basis
from domain.privacy.recipients import Recipient, Standing

KINDS: Mapping[DataClass, str] = {
    DataClass.APPOINTMENT: "Appointments",
    DataClass.CALL_METADATA: "When you called, for how long, and what came of it",
    DataClass.CALLER_IDENTITY: "Your name, telephone number and e-mail address",
    DataClass.CONSENT: "What you agreed to, and when",
    DataClass.INQUIRY: "Messages you left and what you asked for",
    DataClass.LEAD: "What you were interested in",
    DataClass.RECORDING: "Recordings of your voice",
    DataClass.SURVEY: "Ratings you gave",
    DataClass.TRANSCRIPT: "What was said, in writing",
}
SINCE = {
    Since.CLOSURE: "after we close our account",
    Since.COLLECTED: "after we learn it",
    Since.INACTIVITY: "after the last sign of life of our account",
}
THEN = {Action.ANONYMISE: "made anonymous", Action.DELETE: "deleted"}
BASES = {
    Basis.CONSENT: "you agreed",
    Basis.CONTRACT: "we need it to do what you asked for",
    Basis.LEGAL_OBLIGATION: "the law obliges us",
    Basis.LEGITIMATE_INTEREST: "we have a reasonable interest in it",
}
STORAGE = {
    StorageMode.EVERYTHING: "We keep what is said, as told below.",
    StorageMode.NO_IDENTIFIERS: "We keep what is said, but not who said it.",
    StorageMode.METADATA_ONLY: "We keep that there was a call and what came of it, and not what"
    " was said.",
    StorageMode.ZERO: "Once a conversation is over we keep nothing of it, but what you ask us to"
    " keep.",
}


@dataclass(frozen=True)
class Publisher:
    """Whose policy it is, and since when it stands."""

    business: str
    updated: date
    version: str
    hosted_in: str = ""
    """The country of the computers, if the operator has said."""
    recipients: Sequence[Recipient] = field(default_factory=tuple)
    changes: str = ""
    """What is different from the version before, in a sentence or two."""


def render(profile: PrivacyProfile, publisher: Publisher) -> str:
    """The whole policy, as Markdown."""
    parts = (
        _head(publisher),
        _calls(profile),
        _kept(profile),
        _uses(profile),
        _told_to(publisher.recipients),
        _places(profile, publisher),
        _rights(profile),
        _children(profile),
        _safety(profile),
        _people(profile),
    )
    return "\n\n".join(parts) + "\n"


def _head(publisher: Publisher) -> str:
    lines = [
        f"# Privacy policy of {publisher.business}",
        f"Last updated: {publisher.updated:%d %B %Y}. Version {publisher.version}.",
    ]
    if publisher.changes:
        lines.append(f"What is new: {publisher.changes}")
    lines.append(
        f"This is about you if you call {publisher.business} or write to us in a chat. Our"
        f" receptionist is a computer: you are told so, and you can always ask for a person."
        f" {publisher.business} decides what is done with what you tell it; whoever runs the"
        " receptionist works for us and on our word."
    )
    return "\n\n".join(lines)


def _calls(profile: PrivacyProfile) -> str:
    choices = profile.recording
    if not choices.enabled:
        recording = "Calls are not recorded."
    elif choices.always_ask:
        recording = "A call is recorded only after you have said yes."
    else:
        recording = (
            "Before a call is recorded you hear that it is, and where the law asks for your yes,"
            " nothing is recorded before it."
        )
    declined = (
        "what you say is still written down"
        if choices.transcript_on_decline
        else "nothing of what you say is stored"
    )
    refused = f" If you say no, the call goes on without a recording, and {declined}."
    return (
        "## Calls\n\n"
        f"{recording}{refused if choices.enabled else ''} {STORAGE[profile.storage]}"
        " Numbers of payment cards are never kept, in sound or in writing."
    )


def _kept(profile: PrivacyProfile) -> str:
    rows = [
        f"| {words} | {_how_long(profile, data_class)} | {BASES[rule.basis]} |"
        for data_class, words in KINDS.items()
        for rule in (profile.retention[data_class],)
    ]
    return (
        "## What we keep, and for how long\n\n"
        "| what | for how long | because |\n|---|---|---|\n" + "\n".join(rows) + "\n\n"
        "You can ask us to delete it earlier. We keep it longer only where the law or a dispute"
        " obliges us, and then no longer than that."
    )


def _how_long(profile: PrivacyProfile, data_class: DataClass) -> str:
    if not profile.keeps(data_class):
        return "not kept when the conversation is over"
    return _told(profile.retention[data_class])


def _told(rule: Retention) -> str:
    until = f"{written(rule.keep)} {SINCE[rule.since]}"
    if rule.then is Action.ARCHIVE and rule.archived is not None:
        return f"{until}; then {written(rule.archived)} in a sealed archive; then deleted"
    return f"{until}; then {THEN[rule.then]}"


def _uses(profile: PrivacyProfile) -> str:
    training = (
        "Conversations may make the receptionist better once nobody can be recognised in them;"
        " you can object at any time, and yours are left out."
        if profile.training and not profile.hipaa
        else "Nothing you say is used to train anything."
    )
    health = (
        " We are bound by HIPAA: what you say about your health leaves only for those who have"
        " signed an agreement about it."
        if profile.hipaa
        else ""
    )
    return (
        "## What we use it for\n\n"
        "To answer you, to pass on what you want, to keep appointments, and to prove what we have"
        " to prove. Never for advertising, and we sell nothing of it to anybody."
        f" {training}{health}"
    )


def _told_to(recipients: Iterable[Recipient]) -> str:
    named = [
        f"- {each.name}: {each.service}"
        + (f", in {each.country}" if each.country else "")
        + ("; bound to that task and to nothing else" if each.task_only else "")
        + ("; chosen by us" if each.standing is Standing.CHOSEN else "")
        for each in sorted(recipients, key=lambda each: each.name)
    ]
    listed = "\n".join(named) if named else "- nobody outside"
    return (
        "## Who else sees it\n\n"
        "Those who work for us, and what for:\n\n"
        f"{listed}\n\n"
        "Authorities see it only if the law obliges us, and each time is written down."
    )


def _places(profile: PrivacyProfile, publisher: Publisher) -> str:
    stays = (
        f"It stays in {profile.region}, unless we have accepted an exception and written down why."
        if profile.region
        else "It may be kept in other countries, under the safeguards that the law asks for."
    )
    where = f" The computers stand in {publisher.hosted_in}." if publisher.hosted_in else ""
    return f"## Where it is kept\n\n{stays}{where}"


def _rights(profile: PrivacyProfile) -> str:
    return (
        "## What you can ask for\n\n"
        "A copy of what we know of you, in a form that people and programs can read; that it is"
        " corrected, deleted, or not used for a while; that we stop what you object to; and any yes"
        " of yours back. You may complain to an authority. Asking costs you nothing and changes"
        " nothing in how you are served. We make sure that it is you who asks.\n\n"
        f"Wishes to be deleted are fulfilled within {days(profile.delete_within)}, and questions"
        f" answered within {days(profile.answer_within)}, or sooner where the law says so."
    )


WHERE_A_CHILD_SPOKE = {
    True: "What was said and recorded is then erased soon after the conversation.",
    False: "If what was said was kept, we find out whether a parent agrees, and erase it if not.",
}


def _children(profile: PrivacyProfile) -> str:
    return (
        "## Children\n\n"
        f"The receptionist is for people of {profile.minimum_age} and older. Whoever is younger is"
        " put through to a person or asked for an adult."
        f" {WHERE_A_CHILD_SPOKE[profile.forgets_children]}"
    )


def _safety(profile: PrivacyProfile) -> str:
    return (
        "## How it is protected\n\n"
        f"By encryption on the way (TLS {profile.tls_floor} or newer) and where it is kept, with"
        " keys of our own; every look at what you said is written down."
    )


def _people(profile: PrivacyProfile) -> str:
    return (
        "## Whom to ask\n\n"
        f"- Privacy: {_person(profile.privacy_contact)}\n"
        f"- Data protection officer: {_person(profile.data_protection_officer)}"
    )


def _person(contact: Contact) -> str:
    return f"{contact.name}, {contact.email}" if contact.is_reachable else "not named yet"


def written(period: Period) -> str:
    """A period in words: `7 years`, `6 months`, `90 days`."""
    counts = ((period.years, "year"), (period.months, "month"), (period.days, "day"))
    told = [f"{number} {unit}{'s' * (number != 1)}" for number, unit in counts if number]
    return " and ".join(told) or "0 days"


def days(deadline: Deadline) -> str:
    """A deadline in words."""
    kind = "working day" if deadline.working else "day"
    return f"{deadline.days} {kind}{'s' * (deadline.days != 1)}"
