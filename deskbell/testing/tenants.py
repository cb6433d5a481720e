"""A business to try plugins out with."""

from uuid import UUID

from domain.scope import TenantFacts

TENANT = UUID("01a1e4df-4580-7000-8000-000000000001")


def tenant_facts() -> TenantFacts:
    """A shop in New York that is being served."""
    return TenantFacts(
        name="Corner Shop",
        slug="corner-shop",
        timezone="America/New_York",
        locale="en-US",
        region="US",
        currency="USD",
    )
