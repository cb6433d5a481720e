"""What gives another tenant away in an answer."""

from uuid import UUID

from domain.scope import Scope
from tests.api.everything import global_ids
from tests.api.test_isolation import MARK


def traces_of(scope: Scope, owned: dict[str, UUID]) -> dict[str, str]:
    """Every string that only an answer with something of that tenant holds, and what it is."""
    written = {MARK: "words", str(scope.tenant_id): "tenant", scope.tenant.slug: "short name"}
    for kind, id in owned.items():
        written |= {str(id): kind, id.hex: kind}
    return written | {id: kind for kind, id in global_ids(owned).items()}


def leaks(answer: str, traces: dict[str, str]) -> set[str]:
    """What of another tenant an answer holds."""
    return {kind for trace, kind in traces.items() if trace in answer}
