"""What can go wrong with plugins and deliveries."""

from collections.abc import Sequence
from datetime import datetime

from domain.errors import Conflict, NotFound, Unavailable


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


class PluginNotEnabled(Conflict):
    """The plugin must be switched on first."""

    code = "PLUGIN_NOT_ENABLED"

    def __init__(self, plugin: str) -> None:
        super().__init__(f"Switch the plugin {plugin!r} on first")
        self.plugin = plugin


class PluginsEntangled(Conflict):
    """Other plugins have to be switched on or off first."""

    code = "PLUGINS_ENTANGLED"

    def __init__(self, message: str, plugins: Sequence[str]) -> None:
        super().__init__(f"{message}: {', '.join(plugins)}")
        self.plugins = list(plugins)


class PluginHolds(Conflict):
    """A plugin holds other rows than whoever wants to take it out was shown."""

    code = "PLUGIN_HOLDS"

    def __init__(self, rows: int) -> None:
        super().__init__(f"{rows} rows would be deleted with it; look at them first")
        self.rows = rows


class CopyFirst(Conflict):
    """What a plugin holds is in no archive of the last days."""

    code = "COPY_FIRST"

    def __init__(self) -> None:
        super().__init__("Take an archive of the business first, or say that you want none")


class PluginsUncovered(Conflict):
    """Where health data is protected, these plugins may not be on: no agreement covers them."""

    code = "PLUGINS_UNCOVERED"

    def __init__(self, plugins: Sequence[str]) -> None:
        super().__init__(f"No business associate agreement covers {', '.join(plugins)}")
        self.plugins = list(plugins)


class HealthModeNeeded(Conflict):
    """These plugins may be on only where health data is protected."""

    code = "HEALTH_MODE_NEEDED"

    def __init__(self, plugins: Sequence[str]) -> None:
        super().__init__(
            f"{', '.join(plugins)} needs HIPAA mode: record the business associate agreement"
            " (agreementRecord), then adopt a policy in which it is on, such as the preset"
            " HEALTHCARE (policyAdopt)"
        )
        self.plugins = list(plugins)


class PluginFailed(Unavailable):
    """A plugin did not answer: it raised, or took too long."""

    def __init__(self, plugin: str, error: str) -> None:
        super().__init__(f"The plugin {plugin!r} failed")
        self.plugin = plugin
        self.error = error
        """The name of an exception class."""


class PluginResting(PluginFailed):
    """A plugin has failed again and again, and is not asked for a while."""

    def __init__(self, plugin: str) -> None:
        super().__init__(plugin, "Resting")


class PutOff(Exception):
    """A handler cannot work before a moment; the attempt that was begun does not count."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"Not before {until:%H:%M:%S}")
        self.until = until


class Hopeless(Exception):
    """Trying again would change nothing: the delivery is given up, and can be replayed."""


class Flooding(RuntimeError):
    """A plugin makes more happen in one attempt than it may."""

    def __init__(self, most: int) -> None:
        super().__init__(f"One attempt leads to {most} events and timers at most")


class UnknownHandler(LookupError):
    """A delivery is meant for a handler that this code does not have."""


class Superseded(RuntimeError):
    """The delivery was settled, or taken over by a later attempt; this one has no effect."""
