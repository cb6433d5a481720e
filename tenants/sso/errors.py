"""What can go wrong with single sign-on."""

from domain.errors import Conflict, LimitReached, Unauthenticated


class SsoRefused(Unauthenticated):
    """Nobody came in. Why is told to the tenant, in its audit trail, and to nobody else."""

    code = "SSO_REFUSED"

    def __init__(self) -> None:
        super().__init__("Single sign-on did not work; ask whoever set it up at your business")


class SsoNotConfigured(Conflict):
    """No identity provider is set up yet."""

    code = "SSO_NOT_CONFIGURED"

    def __init__(self) -> None:
        super().__init__("Set up an identity provider first")


class DomainListed(Conflict):
    """The domain is listed already."""

    code = "DOMAIN_LISTED"

    def __init__(self) -> None:
        super().__init__("This domain is listed already")


class DomainTaken(Conflict):
    """The domain speaks for another business."""

    code = "DOMAIN_TAKEN"

    def __init__(self) -> None:
        super().__init__("This domain belongs to another business here")


class DomainNotProved(Conflict):
    """The TXT record is not there, or says something else; it may take hours to be seen."""

    code = "DOMAIN_NOT_PROVED"

    def __init__(self, *, asked: bool = True) -> None:
        nobody = "No name server answered; try again later"
        super().__init__("The record is not there yet" if asked else nobody)


class TooManyDomains(LimitReached):
    """There are as many domains as a business can have."""

    code = "TOO_MANY_DOMAINS"

    def __init__(self, *, limit: int, used: int) -> None:
        super().__init__("Remove a domain first", limit=limit, used=used)
