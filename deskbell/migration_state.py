"""Tortoise's picture of the tables before each operation, made only when somebody looks at it.

Tortoise 1.1 renders a class for every table before every operation, though hardly any operation
looks at what was before: with a hundred tables that is most of the time a new database takes.
"""

from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.schema_generator.state import State
from tortoise.migrations.schema_generator.state_apps import StateApps


class EarlierState(State):
    """The tables as they were: descriptions at once, classes when they are asked for."""

    def __init__(self, later: State) -> None:
        self.models = {key: model.clone() for key, model in later.models.items()}
        self._later = later.apps
        self._apps: StateApps | None = None

    @property
    def apps(self) -> StateApps:  # type: ignore[override]
        """A class for each table, from its description at the time of the copy."""
        if self._apps is None:
            self._apps = self._later.clone(model_states=self.models)
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
        state = await super()._project_state(applied, upto=upto)
        return LateState(state.models, state.apps)
