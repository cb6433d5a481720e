"""What can be lent to somebody from above, what is lent unless somebody says more."""

from collections.abc import Iterable

from domain.errors import FieldProblem, InvalidInput
from domain.scope import ActorKind, TenantKind
from tenants.roles import FOR_PEOPLE, OF_CALLS_ONLY, OF_HOUSES, Permission

# Never lent. Rights over people, keys and grants would let a guest stay for ever; so would a
# webhook, which goes on telling a stranger after the grant is gone.
NEVER = FOR_PEOPLE | OF_HOUSES | OF_CALLS_ONLY | {Permission.TOOLS_WRITE, Permission.WEBHOOKS_WRITE}
LENDABLE = frozenset(map(str, frozenset(Permission) - NEVER))
# Whoever comes in knows where they are.
KNOWS_WHERE = frozenset({str(Permission.TENANT_READ)})
# Lent by an owner who names them, and by nobody else.
SENSITIVE = frozenset(
    {
        Permission.AUDIT_EXPORT,
        Permission.PRIVACY_ERASE,
        Permission.PRIVACY_EXPORT,
        Permission.RECORDINGS_DELETE,
        Permission.RECORDINGS_LISTEN,
        Permission.TRANSCRIPTS_READ,
    }
)
# How a business is set up, and how much it uses: nothing under which a caller is shown.
USUAL = frozenset(
    {
        Permission.BUSINESS_READ,
        Permission.BUSINESS_WRITE,
        Permission.GRANTS_READ,
        Permission.KNOWLEDGE_READ,
        Permission.KNOWLEDGE_WRITE,
        Permission.NUMBERS_READ,
        Permission.PLUGINS_READ,
        Permission.TENANT_READ,
        Permission.TENANT_WRITE,
        Permission.USAGE_READ,
    }
)
ACTOR_OF = {
    TenantKind.OPERATOR: ActorKind.OPERATOR,
    TenantKind.ORGANIZATION: ActorKind.ORGANIZATION,
}


def checked(permissions: Iterable[str]) -> frozenset[str]:
    """Permissions that can be lent, with that of knowing where one is. Raises `InvalidInput`."""
    given = frozenset(map(str, permissions))
    if beyond := sorted(given - LENDABLE):
        problems = [FieldProblem("permissions", each, "NOT_LENDABLE") for each in beyond]
        raise InvalidInput(f"Nobody can be lent {', '.join(beyond)}", *problems)
    return given | KNOWS_WHERE
