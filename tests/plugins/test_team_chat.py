"""What a team reads in its chat of each conversation: Slack and Microsoft Teams."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from deskbell.testing.http import FakeHttp
from domain.conversations.models import Channel
from domain.errors import InvalidInput
from integrations.http_out import Answer
from plugins import settings, slack, teams
from plugins.errors import PluginsUncovered
from plugins.models import DeliveryStatus
from plugins.registry import Registry
from plugins.slack.message import drawn as slack_message
from plugins.team_chat import Told
from plugins.teams.message import drawn as teams_card
from tests.plugins.test_notify import converse, finalize

URLS = {
    "slack": "https://hooks.slack.com/services/T0/B0/secret",
    "teams": "https://prod-1.westus.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sig=s",
}
HEADLINE = "Chat from Anna Lee: message left"
# What Microsoft takes; Slack says none.
LARGEST = {slack_message: 200 * 1024, teams_card: 28 * 1024}


@pytest.fixture
def http() -> FakeHttp:
    found = FakeHttp()
    for url in URLS.values():
        found.answer(url, b"ok")
    return found


@pytest.fixture(params=["slack", "teams"])
def name(request) -> str:
    return request.param


@pytest.fixture
async def way(road, http, name):
    made = road(Registry(plugins=(slack, teams)), http=http)
    await set_up(made, name)
    return made


async def set_up(way, name, **values) -> None:
    async with way.unit_of_work(way.scope) as uow:
        await settings.configure(uow, way.registry, name, {"webhook_url": URLS[name], **values})
        await settings.enable(uow, way.registry, name)


def said(http) -> str:
    [sent] = http.sent
    assert sent.headers["Content-Type"] == "application/json"
    return json.dumps(json.loads(sent.body), ensure_ascii=False)


async def test_the_channel_is_told_what_came_of_a_chat(way, http, name):
    await converse(way, Channel.CHAT)
    await way.travel()
    assert [sent.url for sent in http.sent] == [URLS[name]]
    words = said(http)
    assert HEADLINE in words
    assert "Please call about my crown" in words


async def test_a_call_is_told_of_once_when_final(way, http):
    held = await converse(way, Channel.VOICE)
    await way.travel()
    assert http.sent == []
    await finalize(way, held.id)
    await way.travel()
    assert len(http.sent) == 1


async def test_topics_can_be_left_out(way, http, name):
    await set_up(way, name, about=["calls"])
    await converse(way, Channel.CHAT)
    await way.travel()
    assert http.sent == []


@pytest.mark.parametrize("status", [400, 403, 404, 410])
async def test_a_channel_that_is_gone_is_given_up(way, http, name, status):
    http.answers[URLS[name]] = Answer(status, {}, b"no_service")
    await converse(way, Channel.CHAT)
    await way.travel()
    assert DeliveryStatus.DEAD in {one.status for one in await way.deliveries()}
    assert len(http.sent) == 1


async def test_we_wait_as_long_as_the_chat_asks(way, http, name):
    http.answers[URLS[name]] = Answer(429, {"retry-after": "90"}, b"")
    await converse(way, Channel.CHAT)
    await way.travel()
    http.answer(URLS[name], b"ok")
    way.wait(timedelta(seconds=89))
    await way.travel()
    assert len(http.sent) == 1
    way.wait(timedelta(seconds=2))
    await way.travel()
    assert len(http.sent) == 2
    assert {one.status for one in await way.deliveries()} == {DeliveryStatus.DONE}


async def test_a_chat_that_is_down_is_tried_again(way, http, name):
    http.answers[URLS[name]] = Answer(503, {}, b"")
    await converse(way, Channel.CHAT)
    await way.travel()
    http.answer(URLS[name], b"ok")
    way.wait(timedelta(hours=1))
    await way.travel()
    assert {one.status for one in await way.deliveries()} == {DeliveryStatus.DONE}


async def test_nothing_goes_where_health_data_is_protected_and_nobody_agreed(way, name):
    privacy = way.scope.tenant.privacy.model_copy(update={"hipaa": True})
    scope = replace(way.scope, tenant=replace(way.scope.tenant, privacy=privacy))
    with pytest.raises(PluginsUncovered):
        async with way.unit_of_work(scope) as uow:
            await settings.enable(uow, way.registry, name)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/services/T0",
        "http://hooks.slack.com/services/T0",
        "https://evil.test/?x=.logic.azure.com",
    ],
)
async def test_other_addresses_are_refused(way, name, url):
    with pytest.raises(InvalidInput):
        async with way.unit_of_work(way.scope) as uow:
            await settings.configure(uow, way.registry, name, {"webhook_url": url})


def test_words_of_callers_are_no_markup_in_slack():
    told = Told("Call from <!channel> & co", "*bold* <https://x.test|y>", is_urgent=False)
    message = slack_message(told)
    assert message["text"] == "Call from &lt;!channel&gt; &amp; co"
    assert {block["text"]["type"] for block in message["blocks"]} == {"plain_text"}


def test_words_of_callers_are_no_markup_in_teams():
    card = teams_card(Told("Call", "[y](https://x.test) *bold*\nnext", is_urgent=True))
    header, paragraph = card["attachments"][0]["content"]["body"]
    assert header["color"] == "Attention"
    assert paragraph["text"] == r"\[y\](https://x.test) \*bold\*" + "\n\nnext"


@pytest.mark.parametrize("draw", [slack_message, teams_card])
def test_what_is_too_long_is_cut(draw):
    told = Told("h" * 400, "\n\n".join(["w" * 5000] * 80), is_urgent=False)
    assert len(json.dumps(draw(told)).encode()) < LARGEST[draw]


async def test_what_stands_in_the_channel_is_an_open_item_of_an_erasure(way, name):
    answers = way.registry.personal[name]
    receipt = await answers.erase(way.unit_of_work.ids.new(way.unit_of_work.clock.now()), None)
    assert not receipt.complete
    assert "by hand" in receipt.note
