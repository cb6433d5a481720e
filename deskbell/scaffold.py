"""A plugin to begin with: a package of its own, with an entry point and tests that pass."""

import re
from pathlib import Path

NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")

PROJECT = """\
[project]
name = "deskbell-{dashed}"
version = "0.1.0"
description = "{title} for Deskbell"
requires-python = ">=3.11"
dependencies = ["deskbell"]

[project.entry-points.deskbell]
{name} = "deskbell_{name}"

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.pytest.ini_options]
asyncio_mode = "auto"
addopts = "--import-mode=importlib"
pythonpath = ["."]
"""
PACKAGE = '''\
"""{title}."""

from pydantic import BaseModel, ConfigDict

from domain.conversations.events import ConversationEnded
from domain.privacy.purposes import Purpose
from plugins.context import PluginContext
from plugins.manifest import Category, Manifest
from plugins.spec import Subscribe, hookimpl


class Settings(BaseModel):
    """What a business sets; a `SecretStr` is sealed, and never shown again."""

    model_config = ConfigDict(extra="forbid")

    greeting: str = "Hello"


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name="{name}",
        title="{title}",
        summary="Says what it does for a business, in one sentence.",
        version="0.1.0",
        category=Category.TOOL,
        settings=Settings,
        permissions=frozenset(),
        data=frozenset(),
        purpose=Purpose.SERVICE,
    )


@hookimpl
def register_event_handlers(subscribe: Subscribe) -> None:
    """Ask for conversations that are over."""
    subscribe(ConversationEnded, note)


async def note(event: ConversationEnded, context: PluginContext) -> None:
    """Note that a conversation is over."""
    context.log.info("%s: a conversation is over", context.settings.greeting)
'''
CONFTEST = '''\
"""Deskbell's bench for plugins."""

pytest_plugins = ["deskbell.testing.fixtures"]
'''
TESTS = '''\
"""{title}, on the bench."""

import logging
from uuid import uuid4

import deskbell_{name} as plugin

from domain.conversations.acts import Disposition
from domain.conversations.events import ConversationEnded


def test_the_plugin_is_sound(bench_of):
    assert bench_of(plugin).check() == []


async def test_a_conversation_that_is_over_is_noted(bench_of, caplog):
    caplog.set_level(logging.INFO)
    bench = bench_of(plugin, settings={{"greeting": "Good evening"}})
    over = Disposition.CALLER_HANGUP.value
    await bench.tell(
        ConversationEnded(conversation_id=uuid4(), channel="voice", disposition=over)
    )
    assert "Good evening: a conversation is over" in caplog.text
'''


class BadName(ValueError):
    """A plugin cannot be called that."""


def scaffold(name: str, folder: Path) -> Path:
    """Write a plugin of this name; raises `BadName` and `FileExistsError`."""
    if not NAME.fullmatch(name):
        raise BadName("Use small letters, digits and _, beginning with a letter")
    words = {
        "name": name,
        "dashed": name.replace("_", "-"),
        "title": name.replace("_", " ").capitalize(),
    }
    made = folder / f"deskbell-{words['dashed']}"
    files = {
        "pyproject.toml": PROJECT,
        f"deskbell_{name}/__init__.py": PACKAGE,
        "tests/conftest.py": CONFTEST,
        f"tests/test_{name}.py": TESTS,
    }
    made.mkdir(parents=True)
    for path, text in files.items():
        (made / path).parent.mkdir(exist_ok=True)
        (made / path).write_text(text.format(**words))
    return made
