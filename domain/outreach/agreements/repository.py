"""Consents to be reached, and what was let out, as one unit of work sees them."""

from collections.abc import Sequence
from uuid import UUID

from domain.outreach.agreements.models import Form, OutreachConsent, OutreachPermit, Route
from domain.privacy.purposes import Purpose
from domain.repository import Repository


class OutreachConsents(Repository[OutreachConsent]):
    """What people have agreed to."""

    model = OutreachConsent
    noun = "consent"

    async def standing(
        self, contact_id: UUID, route: Route, purpose: Purpose, forms: frozenset[Form]
    ) -> OutreachConsent | None:
        """The newest consent of one of these forms that was not withdrawn."""
        found = self.all().filter(
            contact_id=contact_id,
            route=route,
            purpose=purpose,
            form__in=list(forms),
            withdrawn_at=None,
        )
        return await self.maybe(found.order_by("-given_at", "-id"))

    async def taken_back(self, contact_id: UUID, route: Route, purpose: Purpose) -> bool:
        """Whether somebody's last word on one route and purpose was no."""
        found = self.all().filter(contact_id=contact_id, route=route, purpose=purpose)
        last = await self.maybe(found.order_by("-given_at", "-id"))
        return last is not None and last.withdrawn_at is not None

    async def asked_for_letters(self, contact_ids: Sequence[UUID]) -> list[OutreachConsent]:
        """Who of some people asked for advertising by e-mail, in writing; the latest in front.

        What was agreed to in a conversation is not among it (P052).
        """
        found = self.all().filter(
            contact_id__in=list(contact_ids),
            route=Route.EMAIL,
            purpose=Purpose.MARKETING,
            form=Form.WRITTEN,
            conversation_id=None,
            withdrawn_at=None,
        )
        return await self.page(found.order_by("-given_at", "-id"))

    async def known(self, contact_id: UUID) -> list[OutreachConsent]:
        """All of somebody's, the latest in front."""
        found = self.all().filter(contact_id=contact_id)
        return await self.page(found.order_by("-given_at", "-id"))

    async def of(self, contact_id: UUID) -> list[OutreachConsent]:
        """All of somebody's that were not withdrawn, held."""
        found = self.all().filter(contact_id=contact_id, withdrawn_at=None)
        return await self.page(found.order_by("id").select_for_update())


class OutreachPermits(Repository[OutreachPermit]):
    """What was let out."""

    model = OutreachPermit
    noun = "permit"

    async def answered(self, conversation_id: UUID, *, but: UUID | None = None) -> bool:
        """Whether a call has been answered by a message already, `but` by this one."""
        found = self.all().filter(answers_id=conversation_id)
        return await (found.exclude(id=but) if but else found).exists()
