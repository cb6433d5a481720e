"""Deeds that ask anew who is there: a stolen session is worth less if it cannot do them."""

from domain.scope import Proof
from domain.work import UnitOfWork
from tenants.errors import NobodySignedIn, NotBySso

# Worth nothing without a recent proof, wherever they are asked for. Changes of one's own second
# factors call `require_fresh` themselves, for everybody holds `account:write`.
GUARDED = frozenset(
    {
        "apps:write",
        "breakglass:open",
        "data:export",
        "demands:write",
        "grants:write",
        "keys:write",
        "members:write",
        "privacy:export",
        "privacy:erase",
        "privacy:write",
        "recordings:delete",
        "security:write",
        "tenant:close",
        "tenant:transfer",
        "tenants:write",
    }
)


def proof_of(uow: UnitOfWork) -> Proof:
    """The session behind the actor. Raises `NobodySignedIn` for keys, jobs and callers."""
    if uow.scope.proof is None:
        raise NobodySignedIn
    return uow.scope.proof


def proof_of_own(uow: UnitOfWork) -> Proof:
    """The session, if its person opened it themselves. Raises `NotBySso`.

    Whoever runs a business's identity provider can be any of its members there: what belongs to
    a person at all of their businesses is none of theirs.
    """
    proof = proof_of(uow)
    if proof.by_tenant:
        raise NotBySso
    return proof


def require_fresh(uow: UnitOfWork) -> Proof:
    """The session, if its person has just proved who they are. Raises `StepUpRequired`."""
    proof = proof_of(uow)
    proof.check(uow.real_now)
    return proof
