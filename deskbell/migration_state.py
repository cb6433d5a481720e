"""Tortoise's picture of the tables before each operation, made only when somebody looks at it.

Tortoise 1.1 renders a class for every table before every operation, though hardly any operation
looks at what was before, and prepares the queries of every class after every change of one: with
a hundred tables that is most of the time a new database takes.
"""

from dataclasses import replace
from itertools import takewhile

from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps
from tortoise.models import Model


class LateApps(StateApps):
    """A class for each table; queries are prepared for those that have changed, and no others."""

    def _build_initial_querysets(self) -> None:
        every, self.apps = self.apps, {}
        for label, app in every.items():
            self.apps[label] = {name: model for name, model in app.items() if _is_new(model)}
        try:
            super()._build_initial_querysets()
        finally:
            self.apps = every


class EarlierState(State):
    """The tables as they were: descriptions at once, classes when they are asked for."""

    def __init__(self, later: State) -> None:
        # An operation puts another column in the place of one, and changes none.
        self.models = {key: _as_is(model) for key, model in later.models.items()}
        self._later = later.apps
        self._apps: StateApps | None = None

    @property
    def apps(self) -> StateApps:  # type: ignore[override]
        """A class for each table, from its description at the time of the copy."""
        if self._apps is None:
            models = {key: model.clone() for key, model in self.models.items()}
            self._apps = self._later.clone(model_states=models)
        return self._apps


class LateState(State):
    """The tables as they are, whose copies cost nothing until they are used."""

    def clone(self) -> State:
        """What was before the next operation."""
        return EarlierState(self)


class LateExecutor(MigrationExecutor):
    """Runs migrations with pictures that are made late."""

    async def _project_state(
        self, applied: set[MigrationKey], *, upto: MigrationKey | None = None
    ) -> State:
        connections = {
            label: config["default_connection"] for label, config in self.loader.apps_config.items()
        }
        state = LateState(models={}, apps=LateApps(connections))
        for key in takewhile(lambda key: key != upto, self._full_plan()):
            migration = self.loader.graph.nodes[key]
            if key in applied and migration is not None:
                await migration.apply(state, dry_run=True)
        return state


def _as_is(model: ModelState) -> ModelState:
    return replace(model, fields=dict(model.fields), options=dict(model.options))


def _is_new(model: type[Model]) -> bool:
    """Whether its queries have not been prepared."""
    return not model._meta.filters
