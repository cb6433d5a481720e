"""What can go wrong with plugins and deliveries."""

from domain.errors import Conflict, NotFound


class UnknownPlugin(NotFound):
    """No plugin of this name is installed in the deployment."""

    def __init__(self, plugin: str) -> None:
        super().__init__(f"There is no plugin {plugin!r}")


class JustInstalled(Conflict):
    """Somebody else set the plugin up at the same moment."""

    code = "JUST_INSTALLED"

    def __init__(self) -> None:
        super().__init__("Somebody else has just set this plugin up; look again")


class NotDead(Conflict):
    """Only a delivery that was given up can be replayed."""

    code = "DELIVERY_NOT_DEAD"

    def __init__(self) -> None:
        super().__init__("Only a delivery that was given up can be replayed")


class UnknownHandler(LookupError):
    """A delivery is meant for a handler that this code does not have."""


class Superseded(RuntimeError):
    """The delivery was settled, or taken over by a later attempt; this one has no effect."""
