"""`deskbell policy`: the policies that businesses and the operator publish."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from deskbell.bootstrap import Wiring
from deskbell.cli.output import as_json, console, working
from deskbell.cli.places import only, tenant_scope
from deskbell.deployment import find
from deskbell.settings import Settings
from deskbell.vendors import USES, Service, vendors
from domain.clock import SystemClock
from domain.privacy.policy import Preset, PrivacyProfile
from domain.privacy.presets import CALLERS
from domain.privacy.published import Publisher, render
from plugins.register import recipients
from tenants.policy.repository import PolicyVersions, of_operator
from tenants.records.notices.campaigns import Campaigns
from tenants.records.notices.models import NoticeKind
from tenants.records.notices.service import Announcement
from tenants.records.policies import NewEdition, publish
from tenants.records.policies.models import Document, PolicyEdition

app = typer.Typer(help="Policies, and notices of them.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON")]
WORDS = typer.Argument(exists=True, dir_okay=False, help="A file with the words")


@app.callback()
def policy() -> None:
    """Policies, and notices of them."""


@app.command("render")
def render_command(
    tenant: Annotated[str, typer.Option(help="A business's short name")] = "",
    preset: Annotated[Preset, typer.Option(help="What to begin with, without a business")] = (
        Preset.NINETY_DAYS
    ),
) -> None:
    """Write the privacy policy that a business's profile amounts to, as Markdown."""
    if not tenant:
        today = SystemClock().now().date()
        typer.echo(render(CALLERS[preset], Publisher("Your business", today, "1")), nl=False)
        return
    with working("Writing") as step:
        wiring = Wiring.build(find(Settings(), step))
        profile, publisher = only(lambda: asyncio.run(_published(wiring, tenant)))
    typer.echo(render(profile, publisher), nl=False)


@app.command("publish")
def publish_command(
    file: Annotated[Path, WORDS],
    version: Annotated[str, typer.Option(help="What it is called, such as 2027-01")],
    summary: Annotated[str, typer.Option(help="What is new in it")],
    applies_from: Annotated[datetime, typer.Option(help="The day from which it applies (UTC)")],
    document: Annotated[Document, typer.Option(help="Which")] = Document.PRIVACY_POLICY,
) -> None:
    """Publish a version of the operator's own document, and tell every account holder."""
    at = applies_from.replace(tzinfo=UTC)
    new = NewEdition(document, version, summary, file.read_text(), at)
    with working("Publishing") as step:
        wiring = Wiring.build(find(Settings(), step))
        edition, told = only(lambda: asyncio.run(_publish(wiring, new)))
    console.print(f"{edition.document} {edition.version} applies from {edition.applies_from}")
    console.print(f"Told {len(told)} businesses; proof: deskbell policy proof {edition.id}")


@app.command("notify")
def notify_command(
    kind: Annotated[NoticeKind, typer.Argument(help="What it is about")],
    file: Annotated[Path, WORDS],
    subject: Annotated[str, typer.Option(help="Of the letter")],
    campaign: Annotated[str, typer.Option(help="One that was begun, to go on with it")] = "",
) -> None:
    """Tell the account holders of every business something, with proof that it was sent."""
    with working("Telling") as step:
        wiring = Wiring.build(find(Settings(), step))
        id = UUID(campaign) if campaign else wiring.unit_of_work.ids.new(wiring.clock.now())
        announcement = Announcement(id, kind, subject, file.read_text())
        told = only(lambda: asyncio.run(_announce(wiring, announcement)))
    console.print(f"Told {len(told)} businesses; proof: deskbell policy proof {id}")


@app.command("proof")
def proof_command(campaign: UUID, json: AsJson = False) -> None:
    """Who was told of a campaign, when, and by which letter; exits 1 if somebody was not yet."""
    with working("Looking") as step:
        wiring = Wiring.build(find(Settings(), step))
        found = only(lambda: asyncio.run(_proofs(wiring, campaign)))
    if json:
        as_json(found)
    for each in found if not json else ():
        told, missing = len(each["letters"]), len(each["not_yet_told"])
        console.print(f"{each['tenant']}: {told} told, {missing} not yet", markup=False)
    if not found or any(each["not_yet_told"] for each in found):
        raise typer.Exit(1)


async def _published(wiring: Wiring, tenant: str) -> tuple[PrivacyProfile, Publisher]:
    async with wiring.connected_as_system():
        scope = await tenant_scope(tenant, "policy")
        known = vendors(wiring.deployment.settings)
        async with wiring.unit_of_work(scope, read_only=True) as uow:
            version = await PolicyVersions(uow).in_force()
            told_to = [each for each, _ in await recipients(uow, wiring.registry, known)]
            updated = version.applies_from if version else uow.now
    hosted = [each.country for each in known if each.service == USES[Service.MACHINES].words]
    publisher = Publisher(
        scope.tenant.name,
        updated.date(),
        str(version.number) if version else "1",
        hosted_in=hosted[0] if hosted else "",
        recipients=told_to,
        changes=version.note if version else "",
    )
    return scope.tenant.privacy, publisher


async def _publish(wiring: Wiring, new: NewEdition) -> tuple[PolicyEdition, list[str]]:
    async with wiring.connected_as_system():
        campaigns = Campaigns(wiring.unit_of_work)
        async with wiring.unit_of_work(await campaigns.anywhere()) as uow:
            edition = await publish(uow, new, await of_operator(uow))
        title = new.document.replace("_", " ")
        announcement = Announcement(
            edition.id,
            NoticeKind.POLICY_CHANGE,
            f"Our {title} changes",
            f"Version {edition.version} of our {title} is published.\n\n{edition.summary}",
            edition.applies_from,
        )
        return edition, await campaigns.start(announcement)


async def _announce(wiring: Wiring, announcement: Announcement) -> list[str]:
    async with wiring.connected_as_system():
        return await Campaigns(wiring.unit_of_work).start(announcement)


async def _proofs(wiring: Wiring, campaign: UUID) -> list[dict[str, Any]]:
    async with wiring.connected_as_system():
        return await Campaigns(wiring.unit_of_work).proofs(campaign)
