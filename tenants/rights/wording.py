"""What the letters of the rights desk say, in the language of the business."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain import law
from domain.privacy.policy import Contact, Profile
from domain.rights.kinds import Refusal
from domain.rights.models import PrivacyRequest
from domain.rights.words import KINDS
from domain.scope import TenantFacts
from domain.texts import catalogue

REFUSALS = {
    Refusal.EXCESSIVE: "rights_refusal_excessive",
    Refusal.LEGAL_CLAIMS: "rights_refusal_legal_claims",
    Refusal.LEGAL_OBLIGATION: "rights_refusal_legal_obligation",
    Refusal.NOT_VERIFIED: "rights_refusal_not_verified",
    Refusal.NOTHING_HELD: "rights_refusal_nothing_held",
    Refusal.OTHERS_RIGHTS: "rights_refusal_others_rights",
    Refusal.UNFOUNDED: "rights_refusal_unfounded",
}


@dataclass(frozen=True)
class Letter:
    """A subject and its words."""

    subject: str
    text: str


@dataclass(frozen=True)
class Wording:
    """Words about one request."""

    request: PrivacyRequest
    tenant: TenantFacts
    promises: Profile

    def receipt(self) -> Letter:
        """That it has arrived, and by when it is answered."""
        say = catalogue(self.tenant.locale).say
        text = say(
            "rights_receipt",
            business=self.tenant.name,
            received=self.received,
            what=self.what,
            due=self.due,
            contact=self.contact,
        )
        return Letter(say("rights_receipt_subject"), text)

    def code(self, digits: str, link: str, hours: int) -> Letter:
        """The code by which whoever asked shows that it was them."""
        say = catalogue(self.tenant.locale).say
        text = say(
            "rights_code",
            business=self.tenant.name,
            what=self.what,
            code=digits,
            link=link,
            hours=hours,
        )
        return Letter(say("rights_code_subject"), text)

    def extension(self) -> Letter:
        """That it takes longer, and why."""
        say = catalogue(self.tenant.locale).say
        text = say(
            "rights_extension",
            business=self.tenant.name,
            received=self.received,
            what=self.what,
            reason=self.reason,
            due=self.due,
            contact=self.contact,
        )
        return Letter(say("rights_extension_subject"), text)

    def answer(self, extra: str = "") -> Letter:
        """That it is done, what was answered, and where to complain all the same."""
        say = catalogue(self.tenant.locale).say
        text = say(
            "rights_answer",
            received=self.received,
            what=self.what,
            reason="\n\n".join(words for words in (self.reason, extra) if words),
            contact=self.contact,
            complaint=self.complaint,
        )
        return Letter(say("rights_answer_subject"), text)

    def copy(self, link: str, until: datetime) -> str:
        """Where everything that is kept of somebody can be taken."""
        say = catalogue(self.tenant.locale).say
        return say("rights_copy", link=link, until=self._day(until))

    def refusal(self) -> Letter:
        """That it is not done, why, and where to complain."""
        say = catalogue(self.tenant.locale).say
        refused = self.request.refusal or Refusal.UNFOUNDED
        text = say(
            "rights_refusal",
            received=self.received,
            what=self.what,
            refusal=say(REFUSALS[refused]),
            reason=self.reason,
            contact=self.contact,
            complaint=self.complaint,
        )
        return Letter(say("rights_refusal_subject"), text)

    def alarm(self, link: str, *, overdue: bool) -> Letter:
        """For whoever looks after it: that its clock runs out, or has."""
        say = catalogue(self.tenant.locale).say
        key = "rights_overdue_subject" if overdue else "rights_soon_subject"
        text = say("rights_alarm", received=self.received, what=self.what, due=self.due, link=link)
        return Letter(say(key, due=self.due), text)

    @property
    def what(self) -> str:
        """What was asked for."""
        return catalogue(self.tenant.locale).say(KINDS[self.request.kind])

    @property
    def received(self) -> str:
        """The day on which it was asked for."""
        return self._day(self.request.received_at)

    @property
    def due(self) -> str:
        """The last day for an answer: the moment at which it is over belongs to the next one."""
        return self._day(self.request.due_at - timedelta(seconds=1))

    @property
    def reason(self) -> str:
        """What whoever decided has written."""
        given = self.request.reason
        return given.read() if given is not None and given.is_open else ""

    @property
    def contact(self) -> str:
        """Whom to ask, if the business has named anybody."""
        named = _reachable(self.promises)
        if named is None:
            return ""
        say = catalogue(self.tenant.locale).say
        return say("rights_contact", name=named.name, email=named.email)

    @property
    def complaint(self) -> str:
        """The authority to which whoever asked can complain."""
        day = self.request.received_at.date()
        place = self.request.place or self.tenant.region
        found = law.rules("rights.authority", place, day)
        if self.tenant.privacy.hipaa:
            found = (*law.rules("rights.authority_health", place, day), *found)
        say = catalogue(self.tenant.locale).say
        lines = []
        for row in found:
            assert isinstance(row.value, dict)
            lines.append(say("rights_complaint", authority=row.value["name"], url=row.value["url"]))
        return "\n".join(lines)

    def _day(self, moment: datetime) -> str:
        return f"{moment.astimezone(ZoneInfo(self.tenant.timezone)):%d %B %Y}"


def _reachable(promises: Profile) -> Contact | None:
    named = (promises.privacy_contact, promises.data_protection_officer)
    return next((each for each in named if each.is_reachable), None)
