"""Who wants to know of what: the core's own handlers and jobs, and every installed plugin's."""

from collections.abc import Iterable
from typing import Any

import pluggy

from domain.events import Event
from domain.handlers import HandlerFunction, purpose_of
from domain.privacy.ports import PersonalData
from domain.privacy.purposes import Purpose
from plugins import (
    analytics,
    automotive,
    caldav,
    custom_tools,
    fhir,
    google_calendar,
    healthcare,
    home_services,
    hubspot,
    legal,
    mailchimp,
    microsoft_calendar,
    notify,
    open_dental,
    pipedrive,
    real_estate,
    restaurant,
    salesforce,
    salon,
    slack,
    spec,
    teams,
    webhooks,
    zoho,
)
from plugins.errors import UnknownHandler, UnknownPlugin
from plugins.manifest import Manifest
from plugins.parts import (
    PATIENCE,
    Audience,
    Check,
    Fields,
    Handler,
    Provider,
    function_name,
    job_handler,
)
from plugins.registrar import Registrar
from plugins.routes import Route
from plugins.tools import OwnTools, Tool
from plugins.vertical import Vertical

BUILT_IN = (
    analytics,
    automotive,
    caldav,
    custom_tools,
    fhir,
    google_calendar,
    healthcare,
    home_services,
    hubspot,
    legal,
    mailchimp,
    microsoft_calendar,
    notify,
    open_dental,
    pipedrive,
    real_estate,
    restaurant,
    salesforce,
    salon,
    slack,
    teams,
    webhooks,
    zoho,
)


class Registry:
    """Every handler by name, every event's handlers, every plugin's manifest."""

    def __init__(
        self,
        handlers: Iterable[tuple[type[Event], HandlerFunction]] = (),
        jobs: Iterable[HandlerFunction] = (),
        plugins: Iterable[object] = BUILT_IN,
        *,
        entry_points: bool = False,
    ) -> None:
        self.manifests: dict[str, Manifest] = {}
        self._by_name: dict[str, Handler] = {}
        self._by_event: dict[str, list[Handler]] = {}
        self.audiences: list[Audience] = []
        self.personal: dict[str, PersonalData] = {}
        """Who answers for what each plugin keeps of people."""
        self.providers: list[Provider] = []
        self.tools: dict[str, list[Tool]] = {}
        self.own_tools: dict[str, OwnTools] = {}
        """Where the tools are that businesses make for themselves, by plugin."""
        self.verticals: dict[str, Vertical] = {}
        self.sources: dict[str, object] = {}
        """The modules of the plugins themselves."""
        self.routes: list[Route] = []
        self.fields: list[Fields] = []
        self.checks: dict[str, Check] = {}
        for event, function in handlers:
            name = f"core:{_feature_name(function)}"
            self.subscribe(event, Handler(name, function, purpose=_stated(name, function)))
        for function in jobs:
            name = job_handler(_feature_name(function))
            self.know(Handler(name, function, purpose=_stated(name, function)))
        manager = _plugin_manager(plugins, entry_points=entry_points)
        for _, plugin in manager.list_name_plugin():
            self._admit(plugin, manager)

    def subscribers(self, event: str) -> list[Handler]:
        """Who is to be told of an event."""
        return self._by_event.get(event, [])

    def handler(self, name: str) -> Handler:
        """The handler of a stored delivery; one that this code lacks fails when it is called."""
        return self._by_name.get(name.partition("/")[0]) or Handler(name, _missing)

    def manifest(self, plugin: str) -> Manifest:
        """What an installed plugin says of itself. Raises `UnknownPlugin`."""
        try:
            return self.manifests[plugin]
        except KeyError as problem:
            raise UnknownPlugin(plugin) from problem

    @property
    def purposes(self) -> dict[str, Purpose]:
        """What each handler and job is there for, by name."""
        known = sorted(self._by_name.items())
        return {name: each.purpose for name, each in known if each.purpose is not None}

    @property
    def longest_timeout(self) -> float:
        """Seconds that the most patient handler may take."""
        return max((handler.timeout for handler in self._by_name.values()), default=PATIENCE)

    def _admit(self, plugin: object, manager: pluggy.PluginManager) -> None:
        others = [other for other in manager.get_plugins() if other is not plugin]

        def only(hook: str) -> Any:
            return manager.subset_hook_caller(hook, others)

        [manifest] = only("plugin_manifest")()
        if manifest.name in self.manifests:
            raise TypeError(f"Two plugins are called {manifest.name}")
        self.manifests[manifest.name], self.sources[manifest.name] = manifest, plugin
        for hook, given in Registrar(self, manifest).hooks.items():
            only(hook)(**given)

    def needs(self, plugin: str) -> frozenset[str]:
        """Which others have to be on for a plugin; none for one that is not there any more."""
        known = self.manifests.get(plugin)
        return known.requires if known else frozenset()

    def crons(self, plugin: str) -> list[Handler]:
        """What a plugin does at intervals."""
        known = self._by_name.values()
        return [each for each in known if each.plugin == plugin and each.every is not None]

    def subscribe(self, event: type[Event], handler: Handler) -> None:
        """Call a handler for an event."""
        self._by_event.setdefault(event.name, []).append(self.know(handler))

    def know(self, handler: Handler) -> Handler:
        """Know a handler by its name; the names of two differ."""
        # One function may want several events; two functions may not share a name.
        known = self._by_name.setdefault(handler.name, handler)
        if known.function != handler.function:
            raise TypeError(f"Two handlers are called {handler.name}")
        return known


def _stated(name: str, function: HandlerFunction) -> Purpose:
    purpose = purpose_of(function)
    if purpose is None:
        raise TypeError(f"{name} has no purpose: say @serves(Purpose.…) where it is declared")
    return purpose


def _plugin_manager(plugins: Iterable[object], *, entry_points: bool) -> pluggy.PluginManager:
    manager = pluggy.PluginManager(spec.PROJECT)
    manager.add_hookspecs(spec)
    for plugin in plugins:
        manager.register(plugin)
    if entry_points:
        manager.load_setuptools_entrypoints(spec.PROJECT)
    manager.check_pending()
    return manager


def _feature_name(function: HandlerFunction) -> str:
    """`calls.finalize` for a function of `domain/calls/handlers.py`."""
    feature = function.__module__.split(".")[-2]
    return f"{feature}.{function_name(function)}"


async def _missing(_: Any, context: Any) -> None:
    raise UnknownHandler(f"Delivery {context.delivery_id} is for a handler that is not there")
