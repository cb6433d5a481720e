"""`deskbell records`: what has to be on record, made from what the program does."""

import asyncio
from typing import Annotated, Any

import typer

from deskbell.bootstrap import Wiring
from deskbell.cli.output import as_json, aside, console, working
from deskbell.cli.places import only, tenant_scope
from deskbell.deployment import find
from deskbell.settings import Settings
from deskbell.vendors import vendors
from domain.privacy import processing
from domain.privacy.policy import Profile
from domain.privacy.presets import CALLERS, DEFAULT
from domain.privacy.recipients import Recipient
from plugins.register import recipients
from tenants.policy.repository import of_operator

app = typer.Typer(help="What has to be on record.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON")]
OfTenant = Annotated[str, typer.Option("--tenant", help="A business's short name")]


@app.callback()
def records() -> None:
    """What has to be on record."""


@app.command("processing")
def processing_command(tenant: OfTenant = "", json: AsJson = False) -> None:
    """The record of processing (GDPR, article 30): of one business, or of the deployment."""
    with working("Looking") as step:
        wiring = Wiring.build(find(Settings(), step))
        told = only(lambda: asyncio.run(_activities(wiring, tenant)))
    if json:
        as_json([processing.plain(each) for each in told])
        return
    for each in told:
        console.print(f"[bold]{each.purpose}[/bold]: {each.meaning}")
        console.print(f"    {each.basis}; {', '.join(each.data)}", markup=False)
        for data_class, kept in each.kept.items():
            console.print(f"    {data_class}: {kept}", markup=False)
        if each.recipients:
            names = ", ".join(recipient.name for recipient in each.recipients)
            console.print(f"    to {names}", markup=False)


@app.command("recipients")
def recipients_command(tenant: OfTenant = "", json: AsJson = False) -> None:
    """Who is sent data, where they keep it and what binds them; exits 1 if that is not known."""
    with working("Looking") as step:
        wiring = Wiring.build(find(Settings(), step))
        told = only(lambda: asyncio.run(_recipients(wiring, tenant)))
    if json:
        as_json([_plain(each) for each in told])
    for each in told if not json else ():
        place = each.country or "?"
        console.print(f"{each.name} ({each.service}): {place}, {each.transfer}", markup=False)
    vague = [each.name for each in told if not each.is_described]
    if vague:
        aside.print(f"Say in DESKBELL_VENDORS_FILE where these are: {', '.join(vague)}")
        raise typer.Exit(1)


async def _activities(wiring: Wiring, tenant: str) -> list[processing.Activity]:
    async with wiring.connected_as_system():
        profile: Profile = CALLERS[DEFAULT]
        if tenant:
            profile = (await tenant_scope(tenant, "records")).tenant.privacy
        found = await _found(wiring, tenant)
        profiles = (profile, await of_operator())
    return processing.record(profiles, wiring.registry.purposes, found)


async def _recipients(wiring: Wiring, tenant: str) -> list[Recipient]:
    async with wiring.connected_as_system():
        return await _found(wiring, tenant)


async def _found(wiring: Wiring, tenant: str) -> list[Recipient]:
    """The vendors, and those that one business's plugins bring."""
    known = vendors(wiring.deployment.settings)
    if not tenant:
        return list(known)
    scope = await tenant_scope(tenant, "records")
    async with wiring.unit_of_work(scope, read_only=True) as uow:
        return [each for each, _ in await recipients(uow, wiring.registry, known)]


def _plain(recipient: Recipient) -> dict[str, Any]:
    return {**vars(recipient), "data": sorted(recipient.data)}
