"""Requests, codes and choices as one unit of work sees them."""

from uuid import UUID

from tortoise.queryset import QuerySet

from domain.repository import Repository
from domain.rights.kinds import Party, RequestKind
from domain.rights.models import PrivacyChoice, PrivacyRequest, VerificationCode
from domain.scope import ActorKind


class PrivacyRequests(Repository[PrivacyRequest]):
    """What people asked for."""

    model = PrivacyRequest
    noun = "privacy request"

    async def open_of_conversation(
        self, conversation_id: UUID, kind: RequestKind
    ) -> PrivacyRequest | None:
        """What was asked for in a conversation already, and is not closed."""
        found = self.all().filter(conversation_id=conversation_id, kind=kind, closed_at=None)
        return await self.maybe(found)


class RequestsInSight(PrivacyRequests):
    """What whoever looks may see: what colleagues ask of the operator is none of the business's."""

    def all(self) -> QuerySet[PrivacyRequest]:
        """The requests of callers, and for the operator those about accounts too."""
        rows = super().all()
        by_operator = self.uow.scope.actor.kind is ActorKind.OPERATOR
        return rows if by_operator else rows.filter(party=Party.CALLER)


class VerificationCodes(Repository[VerificationCode]):
    """Codes that were sent."""

    model = VerificationCode
    noun = "verification code"

    def of(self, request_id: UUID) -> QuerySet[VerificationCode]:
        """Every code of a request, the newest in front."""
        return self.all().filter(request_id=request_id).order_by("-created_at", "-id")


class PrivacyChoices(Repository[PrivacyChoice]):
    """What people do not want."""

    model = PrivacyChoice
    noun = "privacy choice"

    def in_force(self, contact_id: UUID) -> QuerySet[PrivacyChoice]:
        """What a person does not want at the moment."""
        return self.all().filter(contact_id=contact_id, ended_at=None)
