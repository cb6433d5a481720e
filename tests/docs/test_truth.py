"""What pages claim is so: rooms, roles, examples, decisions."""

import re
from types import ModuleType

import pytest

from api.graphql.allowances import Rates
from api.graphql.costs import DEARER, MUTATION, USUAL_LIST
from api.graphql.limits import MOST_ALIASES, MOST_DEPTH, MOST_FIELDS, MOST_TOKENS
from api.graphql.pagination import USUAL
from deskbell.database import OWNER, RUNTIME, SYSTEM
from deskbell.worker import Role
from domain.handlers import features
from domain.tenant_tables import TenantTable
from plugins.registry import BUILT_IN, Registry
from tests.architecture.source import ROOMS, ROOT
from tests.docs.pages import blocks, named

DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
HEADS = ["Context", "Decision", "Consequences", "Alternatives"]
# Not a feature of its own, but something every feature uses.
SHARED = {"keyring", "migrations", "texts"}


def text(name):
    return (ROOT / name).read_text()


def test_the_plan_names_every_room_in_order():
    plan = text("docs/architecture.md")
    assert " > ".join(ROOMS) in plan
    assert all(f"| `{room}/` |" in plan for room in ROOMS)


def test_the_plan_names_every_feature():
    [room] = re.findall(r"^\| `domain/` \|(.*)\|$", text("docs/architecture.md"), re.MULTILINE)
    missing = [each for each in features() if each.replace("_", " ") not in room]
    assert set(missing) <= SHARED


def test_the_walk_has_seven_files_and_the_model_has_them():
    steps = re.findall(r"^(\d)\. \*\*`([\w/.]+)`\*\*", text("CONTRIBUTING.md"), re.MULTILINE)
    assert [int(number) for number, _ in steps] == list(range(1, 8))
    for _, file in steps:
        folder = ROOT if "/" in file else ROOT / "domain/appointments"
        assert (folder / file.replace("reviews", "appointments")).exists(), file


def test_the_walk_calls_what_exists():
    walk = text("CONTRIBUTING.md")
    assert TenantTable.__name__ in walk
    assert (ROOT / "api/graphql/booking.py").exists()
    for part in ("uow.require(", "uow.record(", ".refusing(", "Sealed.text(", "uow.now"):
        assert part in walk
        source = text("domain/messages/service.py") + text("domain/appointments/service.py")
        assert part in source


def test_the_roles_by_hand_are_those_we_make():
    sql = " ".join(blocks(DOCS / "operating.md", "sql")[0].split())
    assert f"GRANT {SYSTEM} TO {OWNER} WITH INHERIT FALSE, SET TRUE;" in sql
    assert f"TO {RUNTIME}, {SYSTEM};" in sql
    for role in (OWNER, RUNTIME, SYSTEM):
        assert f"CREATE ROLE {role} LOGIN NOBYPASSRLS" in sql


def test_every_kind_of_worker_is_described():
    assert all(f"`deskbell worker --role {role}`" in text("docs/operating.md") for role in Role)


def test_the_example_of_a_plugin_is_one():
    plugin = ModuleType("chirp")
    exec(blocks(DOCS / "plugins.md", "python")[0], plugin.__dict__)
    registry = Registry(plugins=[plugin])
    assert list(registry.manifests) == ["chirp"]
    [handler] = registry.subscribers("call.finalized")
    assert (handler.name, handler.timeout) == ("chirp:tell", 10)


def test_every_hook_is_used_by_a_plugin_of_ours():
    hooks = re.findall(r"^- `(\w+)\(", text("docs/plugins.md"), re.MULTILINE)
    assert hooks
    example = text("examples/parcels/deskbell_parcels/__init__.py")
    used = {hook for hook in hooks for plugin in BUILT_IN if hasattr(plugin, hook)}
    assert (
        set(hooks) - used == set(re.findall(r"^def (register_\w+)", example, re.MULTILINE)) - used
    )


@pytest.mark.parametrize("record", DECISIONS, ids=named)
def test_a_decision_has_its_four_parts_on_half_a_page(record):
    words = record.read_text()
    heads = re.findall(r"^## (.+)$", words, re.MULTILINE)
    # Measurements may stand beside the four.
    assert [head for head in heads if head in HEADS] == HEADS
    assert words.startswith(f"# {int(record.name[:4])}. ")
    assert len(words.splitlines()) <= 50


def test_decisions_are_numbered_without_gaps():
    assert [int(record.name[:4]) for record in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_the_table_of_costs_is_that_of_the_code():
    page = text("docs/api.md")
    assert f"({USUAL} if absent)" in page
    assert f"times {USUAL_LIST} |" in page
    assert f"| a mutation field | {MUTATION} on top |" in page
    for place, points in DEARER.items():
        [row] = [line for line in page.splitlines() if f"`{place}`" in line]
        assert row.endswith(f"| {points} |")


def test_the_limits_are_those_of_the_code():
    page, rates = text("docs/api.md"), Rates()
    assert f"| one operation | {rates.operation:,} points |" in page
    assert f"{rates.minute:,} points a minute, {rates.actor.points:,} at once" in page
    sizes = f"{MOST_DEPTH}, {MOST_FIELDS:,}, {MOST_ALIASES}, {MOST_TOKENS:,}"
    assert f"| depth, fields, aliases, tokens | {sizes} | |" in page
