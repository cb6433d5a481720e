"""Commands that are imported when they are asked for: a worker need not load the GraphQL API."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group


class LateGroup(TyperGroup):
    """A group that knows where its commands are, and loads the one that is run."""

    package: ClassVar[str]
    commands_at: ClassVar[Mapping[str, str]]
    """`module:attribute` by the name of a command."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order of the alphabet."""
        return sorted(self.commands_at)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | TyperGroup | None:
        """One of them; none if there is no such command."""
        if cmd_name not in self.commands_at:
            return None
        module, _, attribute = self.commands_at[cmd_name].partition(":")
        found = getattr(import_module(f"{self.package}.{module}"), attribute)
        loaded = get_group(found) if isinstance(found, typer.Typer) else _command(found)
        loaded.name = cmd_name
        return loaded


def _command(function: Any) -> Any:
    """A function as a command of its own."""
    one = typer.Typer(add_completion=False, pretty_exceptions_show_locals=False)
    one.command()(function)
    return get_command(one)
