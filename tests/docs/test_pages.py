"""What pages name is there: files, commands, settings, targets, and the pages they point to."""

import re
from urllib.parse import urlsplit

import pytest

from deskbell.cli import COMMANDS
from deskbell.documents import documents
from deskbell.env_example import variable_of
from deskbell.settings import Settings
from tests.architecture.source import BESIDES, ROOMS, ROOT
from tests.docs.pages import LINK, anchors, named, pages, quoted

EVERY_PAGE = pytest.mark.parametrize("page", pages(), ids=named)
PLACE = re.compile(rf"(?:{'|'.join((*ROOMS, *BESIDES))})/[\w./-]*")
OTHER_VARIABLES = {"DATABASE_URL", "REDIS_URL"}
# What a walk through a feature that does not exist has to name.
IMAGINED = re.compile(r"reviews?\b")


@EVERY_PAGE
def test_a_link_leads_somewhere(page):
    for target in LINK.findall(page.read_text()):
        if urlsplit(target).scheme:
            continue
        path, _, anchor = target.partition("#")
        other = (page.parent / path).resolve() if path else page
        assert other.exists(), target
        assert not anchor or anchor in anchors(other), target


@EVERY_PAGE
def test_a_place_in_the_checkout_is_there(page):
    places = [place for place in quoted(page) if PLACE.fullmatch(place)]
    real = [place for place in places if not IMAGINED.search(place)]
    assert [place for place in real if not (ROOT / place).exists()] == []


@EVERY_PAGE
def test_a_command_exists(page):
    for words in (each.split() for each in quoted(page)):
        if words[0] == "deskbell" and len(words) > 1 and words[1].isalpha():
            assert words[1] in COMMANDS, words


@EVERY_PAGE
def test_a_variable_is_a_setting(page):
    known = {variable_of(name) for name in Settings.model_fields} | OTHER_VARIABLES
    named = set(re.findall(r"\bDESKBELL_\w*[A-Z]\b", page.read_text()))
    assert named <= known


@EVERY_PAGE
def test_a_target_is_in_the_makefile(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    asked = re.findall(r"(?:^|`)make ([a-z-]+)", page.read_text(), re.MULTILINE)
    assert set(asked) <= targets


def test_every_command_is_in_the_changelog():
    told = (ROOT / "CHANGELOG.md").read_text()
    assert [name for name in COMMANDS if name not in told] == []


def test_pages_with_made_parts_are_known():
    made = {path.name for path in documents()}
    assert made == {
        "events.md",
        "nets.md",
        "operating.md",
        "plugins.md",
        "promises.md",
        "records.md",
        "roles.md",
        "watching.md",
    }


def test_the_plan_fits_in_two_hundred_lines():
    assert len((ROOT / "docs/architecture.md").read_text().splitlines()) <= 200
