"""Why somebody is not reached."""

from enum import StrEnum

from domain.errors import Conflict


class Refusal(StrEnum):
    """What stands in the way."""

    CALLED_OFF = "called_off"
    """What it was about does not take place, or is over."""
    DO_NOT_CALL = "do_not_call"
    NO_CARRIER = "no_carrier"
    """Nobody is there who would carry it."""
    NO_CONSENT = "no_consent"
    NOT_REACHABLE = "not_reachable"
    """There is no number or address, or it is nobody's place."""
    OPTED_OUT = "opted_out"
    OUTSIDE_HOURS = "outside_hours"
    PURPOSE = "purpose"
    """Callers are never reached for that."""
    SENDER_UNREGISTERED = "sender_unregistered"


class OutreachRefused(Conflict):
    """A call or text that may not be made now, or ever."""

    code = "OUTREACH_REFUSED"

    def __init__(self, refusal: Refusal, message: str, rule: str = "") -> None:
        super().__init__(message)
        self.refusal = refusal
        self.rule = rule
        """The dated row of law behind it, where there is one."""
