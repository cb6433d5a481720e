"""Letters about members travel the one road: committed with the deed, sent once, after it."""

import pytest

from plugins.registry import Registry
from tenants.members import invitations
from tenants.members.letters import MemberLetters
from tenants.members.rights import Assigned
from tenants.models import Role
from tests.fakes.mailer import Postbox


@pytest.fixture
def postbox():
    return Postbox()


@pytest.fixture
def way(road, postbox):
    letters = MemberLetters("https://desk.test")
    return road(Registry(letters.handlers, plugins=()), postbox)


async def invite(way):
    async with way.unit_of_work(way.scope) as uow:
        return await invitations.invite(uow, "anna@invited.test", Assigned(Role.STAFF))


async def test_an_invitation_is_written_once(way, postbox):
    await invite(way)
    assert postbox.letters == []
    assert await way.travel() == 1
    assert await way.travel() == 0
    assert [letter.to for letter in postbox.letters] == [("anna@invited.test",)]


async def test_what_was_not_committed_is_not_written(way, postbox):
    with pytest.raises(ZeroDivisionError):
        async with way.unit_of_work(way.scope) as uow:
            await invitations.invite(uow, "anna@invited.test", Assigned(Role.STAFF))
            raise ZeroDivisionError
    await way.travel()
    assert postbox.letters == []


async def test_sent_twice_only_the_last_letter_is_written(way, postbox):
    row = await invite(way)
    async with way.unit_of_work(way.scope) as uow:
        again = await invitations.resend(uow, row.id)
        token = await invitations.token_of(uow, again.id, again.letter)
    await way.travel()
    [letter] = postbox.letters
    assert token in letter.text
