"""The command line: `deskbell --help`."""

import typer

from deskbell.cli.late import LateGroup

# Name: the module of `deskbell.cli` that has it, and what in there; `app` is a group of commands.
COMMANDS = {
    "audit": "audit:app",
    "call": "call:call",
    "certificate": "certificate:app",
    "demo": "demo:demo",
    "doctor": "doctor:doctor",
    "eval": "evaluate:app",
    "incidents": "incidents:app",
    "law": "law:law",
    "migrate": "servers:migrate_command",
    "operator": "operator:app",
    "plugins": "plugins:app",
    "policy": "policy:app",
    "promises": "promises:promises",
    "records": "records:app",
    "restore-check": "restore:restore_check",
    "retention": "retention:app",
    "schema": "schema:schema",
    "search": "search:app",
    "serve": "serve:serve",
    "speech": "speech:app",
    "stop": "servers:stop",
    "tenant": "tenant:app",
    "worker": "worker:worker",
}


class Commands(LateGroup):
    """Every command of Deskbell."""

    package = __name__
    commands_at = COMMANDS


app = typer.Typer(
    name="deskbell",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)


@app.callback()
def deskbell() -> None:
    """An AI receptionist for many businesses."""
