"""Who is asked what, and under which names."""

import pytest

from domain import handlers
from domain.conversations.events import ConversationEnded
from plugins import notify, webhooks
from plugins.errors import UnknownPlugin
from plugins.registry import BUILT_IN, Registry, job_handler
from plugins.spec import PATIENCE, hookimpl
from tests.fakes.happenings import Happened
from tests.fakes.plugin import FakePlugin


async def one(event, context):
    pass


async def two(event, context):
    pass


def test_handlers_are_named_after_feature_and_function():
    registry = Registry([(Happened, one)], [two], plugins=(FakePlugin(),))
    assert [handler.name for handler in registry.subscribers("test.happened")] == [
        "core:plugins.one",
        "fake:note",
    ]
    assert registry.handler(job_handler("plugins.two")).function is two


def test_one_handler_may_want_several_events():
    registry = Registry([(Happened, one), (ConversationEnded, one)], plugins=())
    assert len(registry.subscribers("test.happened")) == 1
    assert len(registry.subscribers("conversation.ended")) == 1


def namesake():
    async def one(event, context):
        pass

    return one


def test_two_handlers_may_not_share_a_name():
    with pytest.raises(TypeError, match=r"core:plugins\.one"):
        Registry([(Happened, one), (ConversationEnded, namesake())], plugins=())


def test_two_plugins_may_not_share_a_name():
    with pytest.raises(TypeError, match="fake"):
        Registry(plugins=(FakePlugin(), FakePlugin()))


def test_a_plugin_says_how_long_it_may_take():
    registry = Registry(plugins=(FakePlugin(timeout=99),))
    assert registry.handler("fake:note").timeout == registry.longest_timeout == 99
    assert registry.handler("gone:away").timeout == PATIENCE


def test_an_unknown_hook_is_refused():
    class Misspelt(FakePlugin):
        @hookimpl
        def register_event_handler(self, subscribe):
            pass

    with pytest.raises(Exception, match="unknown hook 'register_event_handler'"):
        Registry(plugins=(Misspelt(),))


def test_an_unknown_plugin_is_not_found():
    with pytest.raises(UnknownPlugin):
        Registry().manifest("nothing")


def test_the_built_in_plugins_are_there():
    assert (notify, webhooks) == BUILT_IN
    assert set(Registry(entry_points=True).manifests) >= {"notify"}


def test_every_declared_handler_and_job_fits_together():
    registry = Registry(handlers.event_handlers(), handlers.jobs())
    wired = [
        handler
        for event, _ in handlers.event_handlers()
        for handler in registry.subscribers(event.name)
    ]
    assert len(wired) >= len(handlers.event_handlers())


def test_the_features_are_found():
    assert {"appointments", "calls", "conversations"} <= set(handlers.features())
