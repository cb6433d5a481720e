"""The security assessment names tests that exist, and says why where it names none."""

import ast
import re

import pytest

from deskbell.deployment import Deployment
from deskbell.home import Home
from deskbell.roles import Databases
from deskbell.settings import Settings
from tenants.models import User
from tests.architecture.source import ROOT, dotted, sources, written

PAGE = ROOT / "docs/security-assessment.md"
LINE = re.compile(
    r"^\| (\d+\.\d+\.\d+) \| ([^|]*) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$", re.MULTILINE
)
STATES = {"met", "partly", "not yet", "n/a"}
# How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; they come first.
SECTIONS = {
    **{"1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1},
    **{"3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4},
    **{"5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5},
    **{"6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2},
    **{"8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4},
    **{"10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4},
    **{"11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2},
    **{"13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1},
    **{"16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2},
}
# What is asked of words is met by words.
WORDS = re.compile(r"\]\([\w.-]+\.md")


def lines():
    return [tuple(part.strip() for part in found) for found in LINE.findall(PAGE.read_text())]


def proofs_of(named):
    return re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", named)


def defined(path):
    tree = ast.parse((ROOT / path).read_text())
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


@pytest.mark.promise("P109")
def test_every_requirement_of_level_two_is_assessed_once_and_in_order():
    wanted = [f"{section}.{n}" for section, most in SECTIONS.items() for n in range(1, most + 1)]
    assert len(wanted) == 253
    assert [number for number, *_ in lines()] == wanted


@pytest.mark.promise("P109")
def test_every_test_that_is_named_exists():
    for number, *_, named in lines():
        for path, name in proofs_of(named):
            assert (ROOT / path).exists(), (number, path)
            assert not name or (name.startswith("test_") and name in defined(path)), (number, name)


@pytest.mark.promise("P109")
def test_a_line_has_a_test_or_a_reason():
    for number, asked, state, how, named in lines():
        assert asked, number
        assert state in STATES, (number, state)
        if state == "met":
            assert proofs_of(named) or WORDS.search(how), number
        else:
            assert how, number


def test_nothing_but_tests_is_named_as_a_test():
    for number, *_, named in lines():
        left = re.sub(r"`tests/[\w/]+\.py(::\w+)?`", "", named)
        assert left.strip() == "", number


def test_the_sum_is_right():
    counted = {state: sum(line[2] == state for line in lines()) for state in STATES}
    told = dict(re.findall(r"^\| \*\*([\w/ ]+)\*\* \| (\d+) \|", PAGE.read_text(), re.MULTILINE))
    assert {state: int(number) for state, number in told.items()} == counted


def calls():
    return [(source.path, name, call) for source in written() for name, call in source.calls]


def imported():
    return {each for source in written() for each in source.imports}


def our_pages():
    kinds = ("*.html", "*.js", "*.css")
    found = [path for kind in kinds for path in (ROOT / "api").rglob(kind)]
    return [path for path in found if "vendored" not in path.parts]


def test_our_pages_show_words_as_text():
    assert len(our_pages()) > 3
    dangerous = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc")
    assert [path.name for path in our_pages() if dangerous.search(path.read_text())] == []


def test_our_pages_keep_nothing_in_the_browser():
    keeping = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie\s*=[^=]")
    assert [path.name for path in our_pages() if keeping.search(path.read_text())] == []


def test_fields_for_passwords_hide_them_and_take_what_is_pasted():
    pages = [*our_pages(), ROOT / "api/oauth/consent/page.py"]
    written = "".join(path.read_text() for path in pages)
    fields = re.findall(r'<input name="password"[^>]*>', written)
    # To join, to sign in and prove oneself for an app, and to work with the API.
    assert len(fields) == 4
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(new|current)-password"', field)
    assert [path.name for path in our_pages() if "onpaste" in path.read_text()] == []


def test_no_shell_is_asked():
    assert [(path, name) for path, name, _ in calls() if name in {"os.system", "os.popen"}] == []
    shells = [path for path, name, _ in calls() if name.endswith("create_subprocess_shell")]
    asked = [path for path, _, call in calls() if any(k.arg == "shell" for k in call.keywords)]
    assert (shells, asked) == ([], [])


def test_nothing_is_evaluated():
    evaluating = {"eval", "exec", "compile", "__import__"}
    assert [(path, name) for path, name, _ in calls() if name in evaluating] == []
    assert imported() & {"jinja2", "mako", "chameleon", "RestrictedPython"} == set()


def test_nothing_is_unpickled():
    assert imported() & {"pickle", "marshal", "shelve", "dill", "yaml", "xml", "lxml"} == set()


def parts(pattern):
    """What is put into a pattern on the spot."""
    return [node.value for node in ast.walk(pattern) if isinstance(node, ast.FormattedValue)]


def test_no_expression_is_built_of_input():
    """What a function puts into a pattern is escaped."""
    # What they put in are constants: word lists of this repository.
    own = {
        "domain/outreach/optout.py",
        "domain/receptionist/nlu/children.py",
        "domain/receptionist/nlu/emergencies.py",
        "domain/receptionist/nlu/names.py",
    }
    raw = [
        f"{source.path}:{call.lineno}"
        for source in written()
        for function in source.of(ast.FunctionDef | ast.AsyncFunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and dotted(call.func).startswith("re.") and call.args
        for part in parts(call.args[0])
        if not (isinstance(part, ast.Call) and dotted(part.func) == "re.escape")
        if source.path not in own
    ]
    assert raw == []


def test_secrets_come_from_the_strong_generator():
    # The carrier of our tests may be as predictable as it likes.
    found = [source.path for source in written() if "random" in source.imports]
    assert [path for path in found if "/fake/" not in path] == []


def test_no_weak_primitive_is_named():
    weak = re.compile(r"\b(md5|sha1|MD5|SHA1|ECB|CBC|TripleDES|ARC4|Blowfish|PKCS1v15)\b")
    named = {
        source.path
        for source in sources("api", "deskbell", "domain", "plugins", "tenants")
        for node in source.of(ast.Attribute | ast.Name)
        if weak.search(getattr(node, "attr", "") or getattr(node, "id", ""))
    }
    assert named == set()


def test_no_folder_is_served():
    assert [path for path, name, _ in calls() if name.endswith("StaticFiles")] == []


def test_nobody_is_asked_a_secret_question():
    kept = set(User._meta.fields_map)
    assert {name for name in kept if re.search("question|hint|answer", name)} == set()


def test_each_purpose_has_a_secret_of_its_own(tmp_path):
    settings = Settings(home=tmp_path, secret_key="s" * 40, _env_file=None)
    deployment = Deployment(settings, Home(tmp_path), Databases(*[""] * 6), "")
    purposes = ("audit", "call-tokens", "exports", "recordings", "sessions", "waiting-calls")
    assert len({deployment.secret(purpose) for purpose in purposes}) == len(purposes)
