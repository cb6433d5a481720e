"""From which web pages programs of a business may ask: origins, as browsers send them."""

import re
from collections.abc import Iterable

from domain.errors import FieldProblem, InvalidInput
from domain.work import UnitOfWork
from tenants.events import TenantOriginsChanged
from tenants.models import Tenant
from tenants.repository import Tenants
from tenants.step_up import require_fresh

MOST = 20
LONGEST = 200
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# A page on the developer's own machine is the only one without TLS.
ORIGIN = re.compile(
    rf"(?:https://{LABEL}(?:\.{LABEL})+|http://(?:localhost|127\.0\.0\.1))(?::[1-9][0-9]{{1,4}})?"
)
USUAL_PORTS = re.compile(r"https://[^:]+:443|http://[^:]+:80")


async def update(uow: UnitOfWork, origins: Iterable[str]) -> Tenant:
    """Let these pages ask, and no others. Raises `InvalidInput` and `StepUpRequired`."""
    uow.require("security:write")
    require_fresh(uow)
    wanted = checked(origins)
    tenants = Tenants(uow)
    tenant = await tenants.lock(uow.tenant_id)
    if tenant.origins != wanted:
        await tenants.save(tenant, origins=wanted)
        uow.record(TenantOriginsChanged(tenant_id=tenant.id, origins=len(wanted)))
    return tenant


def checked(origins: Iterable[str]) -> list[str]:
    """Origins in order, each once. Raises `InvalidInput`."""
    wanted = sorted({origin.strip() for origin in origins})
    if len(wanted) > MOST:
        raise InvalidInput.at("origins", f"Name at most {MOST}")
    problems = [FieldProblem("origins", origin) for origin in wanted if not is_origin(origin)]
    if problems:
        raise InvalidInput(
            "Write origins as browsers send them: https://www.example.com, in small letters, with"
            " the port if it is unusual, without a path; http:// is for localhost only",
            *problems,
        )
    return wanted


def is_origin(text: str) -> bool:
    """Whether a page of that origin may ask at all, if its business allows it."""
    if len(text) > LONGEST or USUAL_PORTS.fullmatch(text):
        return False
    return ORIGIN.fullmatch(text) is not None
