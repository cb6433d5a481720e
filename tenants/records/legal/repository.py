"""Demands as one unit of work sees them."""

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from domain.repository import Repository
from domain.scope import ActorKind
from tenants.records.legal.models import LegalProcess


class LegalProcesses(Repository[LegalProcess]):
    """What was demanded. Who works for the business sees what it may be told of."""

    model = LegalProcess
    noun = "legal process"

    def all(self) -> QuerySet[LegalProcess]:
        """What whoever asks may know of."""
        rows = super().all()
        if self.uow.scope.actor.kind in {ActorKind.OPERATOR, ActorKind.JOB}:
            return rows
        open_now = Q(secret_until=None) | Q(secret_until__lte=self.uow.now)
        return rows.filter(open_now)
