"""A policy that changes: published in time, told to every account holder, accepted by going on."""

from datetime import timedelta
from uuid import UUID

import pytest

from tenants.door import Door
from tenants.passkeys import RelyingParty
from tenants.policy.repository import of_operator
from tenants.records import policies
from tenants.records.notices.campaigns import Campaigns
from tenants.records.notices.models import NoticeKind
from tenants.records.notices.service import Announcement
from tenants.records.policies.errors import NoticeTooShort
from tenants.records.policies.models import Document, Manner
from tenants.records.policies.repository import PolicyAcceptances
from tenants.sessions import Origin
from tests.conftest import as_system
from tests.factories.callers import ring
from tests.factories.tenants import PASSWORD

MONTH = timedelta(days=30)


@pytest.fixture
def database(empty_database):
    return empty_database


@pytest.fixture
async def operator(database, unit_of_work, scope):
    """What `deskbell policy` does, at a deployment that has published nothing yet."""
    campaigns = Campaigns(unit_of_work)
    async with as_system(database), unit_of_work(scope) as uow:
        await uow.connection.execute_query("DELETE FROM policy_edition")

    class Operator:
        async def publish(self, version, applies_from, summary="What is new."):
            new = policies.NewEdition(
                Document.PRIVACY_POLICY, version, summary, "All of it.", applies_from
            )
            async with (
                as_system(database),
                unit_of_work(await campaigns.anywhere()) as uow,
            ):
                return await policies.publish(uow, new, await of_operator(uow))

        async def tell(self, announcement):
            async with as_system(database):
                return await campaigns.start(announcement)

        async def proof(self, campaign_id):
            async with as_system(database):
                found = await campaigns.proofs(campaign_id)
            [told] = [each for each in found if each["tenant"] == scope.tenant.slug]
            return told

    return Operator()


async def sign_in(road, scope):
    """The owner comes back."""
    door = Door(road.unit_of_work, RelyingParty("desk.test", ("https://desk.test",)))
    await door.sign_in(f"owner@{scope.tenant.slug}.test", PASSWORD, Origin("curl", ""))
    while await road.travel():
        pass
    async with road.unit_of_work(scope, read_only=True) as uow:
        rows = await PolicyAcceptances(uow).page(PolicyAcceptances(uow).all().order_by("id"))
    return [(row.edition_id, str(row.user_id), row.manner) for row in rows]


def news(edition):
    words = f"Version {edition.version} is published.\n\n{edition.summary}"
    return Announcement(
        edition.id, NoticeKind.POLICY_CHANGE, "Our policy changes", words, edition.applies_from
    )


@pytest.mark.promise("P042", "P097", "P125", "P126")
async def test_a_change_is_published_told_and_gone_on_under(operator, road, postbox, scope, clock):
    first = await operator.publish("2026-11", clock.now())
    with pytest.raises(NoticeTooShort):
        await operator.publish("2026-12", clock.now() + MONTH - timedelta(seconds=1))
    second = await operator.publish("2026-12", clock.now() + MONTH, "We keep less.")
    await operator.tell(news(second))
    assert (await operator.proof(second.id))["not_yet_told"] == [UUID(scope.actor.id)]
    await road.travel()
    [letter] = postbox.letters
    assert letter.to == (f"owner@{scope.tenant.slug}.test",)
    assert "We keep less." in letter.text
    assert "16 December 2026" in letter.text
    told = await operator.proof(second.id)
    assert [each["message_id"] for each in told["letters"]] == [letter.message_id]
    assert told["not_yet_told"] == []
    person = scope.actor.id
    assert await sign_in(road, scope) == [(first.id, person, Manner.CONTINUED_USE)]
    clock.advance(MONTH)
    assert (second.id, person, Manner.CONTINUED_USE) in await sign_in(road, scope)


@pytest.mark.promise("P088", "P122")
async def test_a_sale_of_the_business_is_told_and_can_be_objected_to(
    operator, road, postbox, scope
):
    await ring(road.unit_of_work, scope)
    campaign = Announcement(
        UUID(int=7),
        NoticeKind.BUSINESS_TRANSFER,
        "We are sold",
        "Your choices stay as they are. Take your data along, or object until then.",
    )
    await operator.tell(campaign)
    await operator.tell(campaign)
    await road.travel()
    [letter] = postbox.letters
    assert letter.to == (f"owner@{scope.tenant.slug}.test",)
    assert "object" in letter.text
    told = await operator.proof(campaign.id)
    assert len(told["letters"]) == 1
    assert told["objection_until"] == road.unit_of_work.clock.now() + MONTH
