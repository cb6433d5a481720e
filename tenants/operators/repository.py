"""What the operator keeps of its people's ways into tenants."""

from domain.repository import Repository
from tenants.operators.models import BreakGlass


class BreakGlasses(Repository[BreakGlass]):
    """Who wanted to come in where, and did."""

    model = BreakGlass
    noun = "request"
