"""A card is refused, and another way to pay is offered: a link, a person, or later."""

import pytest

from api.reception import Arrival, Reception
from domain import transfers
from domain.conversations.acts import Disposition, Say
from domain.conversations.models import Channel
from domain.errors import Unavailable
from domain.ports import leave
from domain.receptionist.ports import Transcript
from tests.factories.business import open_practice

CARD = "My card number is 4242 4242 4242 4242"
URL = "https://pay.example/1"


class Tills:
    """Makes links for every business, and remembers for whom."""

    def __init__(self, *, fails=False, takes=True):
        self.asked, self.fails, self.open = [], fails, takes

    def takes(self, business):
        return self.open

    async def link(self, payment):
        leave()
        self.asked.append(payment)
        if self.fails:
            raise Unavailable("It is down")
        return URL


@pytest.fixture
def answer(unit_of_work, scope):
    """What somebody hears who tells a card."""

    async def answer(channel=Channel.CHAT, tills=None, said=CARD, *, staff=False):
        await open_practice(unit_of_work, scope)
        if staff:
            async with unit_of_work(scope) as uow:
                await transfers.add_target(uow, "Front desk", "+12125550198")
        reception = Reception(unit_of_work, payment_links=tills)
        welcome = await reception.welcome(Arrival(scope.tenant_id, channel))
        talk = welcome.conversation
        _ = [act async for act in talk.open()]
        talk.announced(offset_ms=0)
        acts = [act async for act in talk.hear(Transcript(said), offset_ms=1)]
        await talk.close(Disposition.CALLER_HANGUP)
        return acts, talk.id

    return answer


def words(acts):
    return " ".join(act.text for act in acts if isinstance(act, Say))


@pytest.mark.law("L47")
async def test_whoever_writes_a_card_gets_a_link(answer, scope):
    tills = Tills()
    acts, id = await answer(tills=tills)
    assert words(acts).startswith("For your safety I must not take card numbers")
    assert URL in words(acts)
    [payment] = tills.asked
    assert (payment.business, payment.conversation_id) == (scope.tenant.slug, id)


@pytest.mark.law("L47")
@pytest.mark.parametrize(
    "tills", [None, Tills(fails=True), Tills(takes=False)], ids=["off", "down", "no till"]
)
async def test_without_a_link_they_pay_later(answer, tills):
    acts, _ = await answer(tills=tills)
    assert "The team will tell you how to pay" in words(acts)
    assert URL not in words(acts)


@pytest.mark.law("L47")
async def test_whoever_speaks_is_offered_a_person(answer):
    acts, _ = await answer(Channel.VOICE, Tills(), staff=True)
    assert "ask me for a person" in words(acts)
    assert not acts[0].interruptible


async def test_who_is_announced_to_tell_a_card_is_stopped_before(answer):
    acts, _ = await answer(Channel.VOICE, said="Let me give you my card number")
    assert words(acts).startswith("For your safety I must not take card numbers")


async def test_an_emergency_is_not_about_money(answer):
    acts, _ = await answer(tills=Tills(), said=f"He is not breathing! {CARD}")
    assert "emergency" in words(acts)
    assert "safety" not in words(acts)
