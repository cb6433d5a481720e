"""What somebody can ask for, where it stands, and why it may be refused."""

from enum import StrEnum


class RequestKind(StrEnum):
    """What somebody asks for. The promise each answers to is in brackets."""

    ACCESS = "access"  # P071
    COMPLAINT_INFORMATION = "complaint_information"  # P079
    CONSENT_WITHDRAWAL = "consent_withdrawal"  # P077
    CORRECTION = "correction"  # P072
    DELETION = "deletion"  # P073
    MARKETING_OPT_OUT = "marketing_opt_out"  # P078
    OBJECTION = "objection"  # P076
    PORTABILITY = "portability"  # P074
    RESTRICTION = "restriction"  # P075
    SALE_OPT_OUT = "sale_opt_out"  # P080


class Party(StrEnum):
    """Who asks, and so who decides."""

    ACCOUNT = "account"
    """Somebody who works for a business asks about their account: the operator decides."""
    CALLER = "caller"
    """Somebody who calls a business: the business decides, and the operator assists."""


class RequestState(StrEnum):
    """Where a request stands; the last three are final."""

    RECEIVED = "received"
    VERIFYING = "verifying"
    """A code is on its way to the address on file."""
    OPEN = "open"
    EXTENDED = "extended"
    """There is more time, and whoever asked knows why."""
    FULFILLED = "fulfilled"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Intake(StrEnum):
    """How a request arrived."""

    API = "api"
    CHAT = "chat"
    FORM = "form"
    PHONE = "phone"
    PORTAL = "portal"
    SMS = "sms"


class Means(StrEnum):
    """How a code reaches somebody, or how else they proved who they are."""

    EMAIL = "email"
    IN_PERSON = "in_person"
    """Somebody of the business knows them; what they know is on record under their name."""
    SESSION = "session"
    """They are signed in."""
    SPOKEN = "spoken"
    """Told on a call to the number on file."""


class Refusal(StrEnum):
    """Why a request is refused."""

    EXCESSIVE = "excessive"
    LEGAL_CLAIMS = "legal_claims"
    LEGAL_OBLIGATION = "legal_obligation"
    NOT_VERIFIED = "not_verified"
    NOTHING_HELD = "nothing_held"
    OTHERS_RIGHTS = "others_rights"
    UNFOUNDED = "unfounded"


FINAL = frozenset({RequestState.FULFILLED, RequestState.REFUSED, RequestState.WITHDRAWN})
UNVERIFIED = frozenset({RequestState.RECEIVED, RequestState.VERIFYING})
# Somebody who only wants to be left alone need not prove who they are (11 CCR § 7026(d)); what a
# stranger could do with these is less than what proof would cost everybody.
WITHOUT_PROOF = frozenset(
    {
        RequestKind.COMPLAINT_INFORMATION,
        RequestKind.MARKETING_OPT_OUT,
        RequestKind.SALE_OPT_OUT,
    }
)
# What is written down as somebody's choice, and heeded from then on.
CHOICES = frozenset(
    {
        RequestKind.CONSENT_WITHDRAWAL,
        RequestKind.MARKETING_OPT_OUT,
        RequestKind.OBJECTION,
        RequestKind.SALE_OPT_OUT,
    }
)
COPIES = frozenset({RequestKind.ACCESS, RequestKind.PORTABILITY})
