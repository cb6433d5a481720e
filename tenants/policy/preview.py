"""What another policy would do to what is there: how much, of which dates, and what for ever.

It is counted as a run of retention counts: with every version of the policy that governs some of
the rows, and with what legal holds keep.
"""

import sys
from dataclasses import dataclass, replace
from datetime import datetime

from domain.personal import DataClass
from domain.privacy.policy import Action, Profile, Retention
from domain.retention.finding import Tally
from domain.retention.outlook import due_by_kind
from domain.retention.promises import Promises
from domain.retention.schedule import Version
from domain.scope import TenantKind
from domain.work import UnitOfWork
from tenants.policy.promises import StoredPolicies

# Versions are laid one over the other by number: a draft comes after all that there are.
NEWEST = sys.maxsize


@dataclass(frozen=True)
class Effect:
    """What becomes of one kind of data."""

    data_class: DataClass
    before: Retention
    after: Retention
    due: Tally
    """What would be due as soon as the policy applies."""
    anyway: Tally
    """What is due by then under the policy in force as well."""

    @property
    def irreversible(self) -> bool:
        """Whether something is destroyed that would have been kept."""
        return self.due.going > self.anyway.going and self.after.then is not Action.ARCHIVE


async def effects(
    uow: UnitOfWork, before: Profile, after: Profile, at: datetime, *, to_existing: bool
) -> list[Effect]:
    """What the policy `after` would do from a moment on, for each kind of data that it names."""
    promised = _in_force(await StoredPolicies().of(uow), uow.now)
    draft = Version(NEWEST, after.retention, at, to_existing)
    then = _with(promised, draft, uow.scope.tenant.kind)
    anyway, due = await due_by_kind(uow, promised, at), await due_by_kind(uow, then, at)
    return [
        Effect(kind, before.retention[kind], rule, due[kind], anyway[kind])
        for kind, rule in sorted(after.retention.items())
    ]


def _in_force(promised: Promises, now: datetime) -> Promises:
    """Without what was to come: whoever adopts a draft takes that back."""
    callers = [each for each in promised.callers if each.applies_by(now)]
    customers = [each for each in promised.customers if each.applies_by(now)]
    return Promises(callers, customers, promised.life)


def _with(promised: Promises, draft: Version, kind: TenantKind) -> Promises:
    """The promises with one more, on the side that makes it."""
    if kind is TenantKind.OPERATOR:
        return replace(promised, customers=[*promised.customers, draft])
    return replace(promised, callers=[*promised.callers, draft])
