"""How files look from outside: where they are, how long they are, what they are called."""

import ast
import json
import re
from importlib.metadata import distribution, packages_distributions
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import pytest

from tests.architecture.source import ROOMS, ROOT, papers, sources, written

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
TYPICAL_FUNCTION = 8
# Words that say nothing of what is inside.
VAGUE = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
# A folder of the machine on which somebody worked; put together so that this file has none.
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:wor[k]|tm[p]|hom[e]/\w+|User[s])/[\w.]")
REGISTRIES = {"pypi.org", "files.pythonhosted.org", "registry.npmjs.org"}
LOCKS = {"uv.lock": r'"(https?://[^"]+)"', "package-lock.json": r'"resolved": "([^"]+)"'}
SETTINGS = {".toml", ".sh", ".yaml", ""}
REGISTRY_SETTING = re.compile(r"index-url|extra-index|^\s*registry\s*=", re.MULTILINE)


def functions():
    for source in (*written(), *sources("tests", "bench")):
        for node in source.of(ast.FunctionDef | ast.AsyncFunctionDef):
            yield source, node.name, node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_resolves_to_this_checkout(room):
    [folder] = find_spec(room).submodule_search_locations
    assert Path(folder).resolve() == ROOT / room


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_belongs_to_this_distribution(room):
    # Installed for development, a package is found by a path and listed by nobody.
    assert set(packages_distributions().get(room, ["deskbell"])) == {"deskbell"}
    installed = json.loads(distribution("deskbell").read_text("direct_url.json") or "{}")
    assert Path(urlsplit(installed["url"]).path) == ROOT


def test_no_file_is_longer_than_four_hundred_lines():
    everything = (*written(), *sources("tests", "bench"))
    assert [each.path for each in everything if each.lines > LONGEST_FILE] == []


def test_no_function_is_longer_than_fifty_lines():
    long = [(source.path, name) for source, name, lines in functions() if lines > LONGEST_FUNCTION]
    assert long == []


def test_the_typical_function_is_short():
    lengths = [lines for source, _, lines in functions() if source.is_one_of(ROOMS)]
    assert median(lengths) <= TYPICAL_FUNCTION


def test_every_module_is_named_for_what_it_holds():
    vague = [
        source.path
        for source in (*sources(), *sources("tests", "bench"))
        if VAGUE & set(re.split(r"[/_.]", source.path))
    ]
    assert vague == []


def test_no_machine_path_is_committed():
    found = {
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in papers()
        for match in MACHINE_PATH.finditer(path.read_text())
    }
    assert found == set()


def test_locks_name_public_registries_only():
    hosts = {
        urlsplit(url).hostname
        for path in papers()
        if path.name in LOCKS
        for url in re.findall(LOCKS[path.name], path.read_text())
    }
    assert hosts <= REGISTRIES


def test_no_registry_is_chosen_for_others():
    settings = [path for path in papers() if path.suffix in SETTINGS]
    assert [path for path in settings if REGISTRY_SETTING.search(path.read_text())] == []
