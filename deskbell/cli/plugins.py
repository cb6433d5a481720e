"""`deskbell plugins`: what is installed."""

from typing import Annotated

import typer
from rich.table import Table

from deskbell.cli.output import as_json, console
from plugins.registry import Registry


def plugins(json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False) -> None:
    """List the plugins that tenants can switch on, and the personal data each one touches."""
    manifests = Registry(entry_points=True).manifests.values()
    if json:
        as_json(
            [
                {
                    "name": one.name,
                    "title": one.title,
                    "version": one.version,
                    "category": one.category,
                    "data": sorted(one.data),
                }
                for one in manifests
            ]
        )
        return
    table = Table("Name", "Title", "Version", "Category", "Reads or sends")
    for one in manifests:
        table.add_row(one.name, one.title, one.version, one.category, ", ".join(sorted(one.data)))
    console.print(table)
