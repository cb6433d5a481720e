"""Who is asked what, and under which names."""

from pathlib import Path

import pytest

from domain import handlers
from domain.conversations.events import ConversationEnded
from domain.handlers import purpose_of, serves
from domain.privacy.purposes import Purpose
from plugins import webhooks
from plugins.errors import UnknownPlugin
from plugins.parts import PATIENCE, job_handler
from plugins.registry import BUILT_IN, Registry
from plugins.spec import hookimpl
from tests.fakes.happenings import Happened
from tests.fakes.plugin import FakePlugin

PLUGINS = Path(__file__).parents[2] / "plugins"


@serves(Purpose.SERVICE)
async def one(event, context):
    pass


@serves(Purpose.SUPPORT)
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
    @serves(Purpose.SERVICE)
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
    names = [each.__name__.removeprefix("plugins.") for each in BUILT_IN]
    found = [
        path for path in PLUGINS.glob("*/__init__.py") if "plugin_manifest" in path.read_text()
    ]
    assert names == sorted(path.parent.name for path in found)
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


async def aimless(event, context):
    pass


@pytest.mark.promise("P036")
def test_nothing_is_wired_that_has_no_purpose():
    with pytest.raises(TypeError, match=r"core:plugins\.aimless has no purpose"):
        Registry([(Happened, aimless)], plugins=())
    with pytest.raises(TypeError, match=r"job:plugins\.aimless has no purpose"):
        Registry(jobs=[aimless], plugins=())


def test_a_purpose_is_told_by_name():
    registry = Registry([(Happened, one)], [two], plugins=(FakePlugin(),))
    assert registry.purposes == {
        "core:plugins.one": Purpose.SERVICE,
        "fake:note": Purpose.SERVICE,
        "job:plugins.two": Purpose.SUPPORT,
    }


def test_a_handler_of_a_plugin_may_have_a_purpose_of_its_own():
    plugin = FakePlugin()
    registry = Registry(plugins=(webhooks, plugin))
    assert purpose_of(plugin.note) is None
    assert registry.handler("fake:note").purpose is Purpose.SERVICE
    assert registry.handler("webhooks:write_notice").purpose is Purpose.SERVICE_MESSAGES
