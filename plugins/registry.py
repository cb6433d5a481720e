"""Who wants to know of what: the core's own handlers and jobs, and every installed plugin's."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pluggy

from domain.erasure.events import ContactErased
from domain.events import Event
from domain.handlers import HandlerFunction, purpose_of
from domain.privacy.ports import PersonalData
from domain.privacy.purposes import Purpose
from plugins import notify, spec, webhooks
from plugins.errors import UnknownHandler, UnknownPlugin
from plugins.manifest import Manifest
from plugins.pace import Pace
from plugins.personal import asking, erasing
from plugins.recipients import FindRecipients
from plugins.spec import PATIENCE

BUILT_IN = (notify, webhooks)


@dataclass(frozen=True)
class Handler:
    """A function and the stable name under which its deliveries are stored."""

    name: str
    """`core:<feature>.<function>`, `job:<feature>.<function>` or `<plugin>:<function>`."""
    function: HandlerFunction
    timeout: float = PATIENCE
    plugin: str | None = None
    pace: Pace | None = None
    """How patient its deliveries are, if not as patient as all others."""
    purpose: Purpose | None = None
    """What for. Only a handler that this code lacks has none, and it cannot be called."""


@dataclass(frozen=True)
class Audience:
    """A handler that is called once for each recipient who wants an event."""

    handler: Handler
    plugin: str
    find: FindRecipients


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
        for event, function in handlers:
            name = f"core:{_feature_name(function)}"
            self._subscribe(event, Handler(name, function, purpose=_stated(name, function)))
        for function in jobs:
            name = job_handler(_feature_name(function))
            self._know(Handler(name, function, purpose=_stated(name, function)))
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
        self.manifests[manifest.name] = manifest

        def subscribe(
            event: type[Event], handler: HandlerFunction, *, timeout: float = PATIENCE
        ) -> None:
            name = f"{manifest.name}:{_function_name(handler)}"
            purpose = purpose_of(handler) or manifest.purpose
            known = Handler(name, handler, timeout, manifest.name, purpose=purpose)
            self._subscribe(event, known)

        only("register_event_handlers")(subscribe=subscribe)

        def address(
            find: FindRecipients,
            handler: HandlerFunction,
            *,
            timeout: float = PATIENCE,
            pace: Pace | None = None,
        ) -> None:
            name = f"{manifest.name}:{_function_name(handler)}"
            purpose = purpose_of(handler) or manifest.purpose
            known = self._know(Handler(name, handler, timeout, manifest.name, pace, purpose))
            self.audiences.append(Audience(known, manifest.name, find))

        only("register_recipients")(address=address)

        def answering(personal: PersonalData, *, timeout: float = PATIENCE) -> None:
            self.personal[manifest.name] = personal
            erase = Handler(
                erasing(manifest.name),
                asking(manifest.name, personal),
                timeout,
                purpose=Purpose.LEGAL,
            )
            self._subscribe(ContactErased, replace(erase, plugin=manifest.name))

        only("register_personal_data")(answering=answering)

    def _subscribe(self, event: type[Event], handler: Handler) -> None:
        self._by_event.setdefault(event.name, []).append(self._know(handler))

    def _know(self, handler: Handler) -> Handler:
        # One function may want several events; two functions may not share a name.
        known = self._by_name.setdefault(handler.name, handler)
        if known.function != handler.function:
            raise TypeError(f"Two handlers are called {handler.name}")
        return known


def job_handler(job: str) -> str:
    """The name under which the delivery of a timer is stored."""
    return f"job:{job}"


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


def _function_name(function: HandlerFunction) -> str:
    name: str = getattr(function, "__name__")  # noqa: B009  # a Callable need not have one
    return name


def _feature_name(function: HandlerFunction) -> str:
    """`calls.finalize` for a function of `domain/calls/handlers.py`."""
    feature = function.__module__.split(".")[-2]
    return f"{feature}.{_function_name(function)}"


async def _missing(_: Any, context: Any) -> None:
    raise UnknownHandler(f"Delivery {context.delivery_id} is for a handler that is not there")
