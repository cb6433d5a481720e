"""Rows are reached through repositories; SQL gets its values as parameters."""

import ast
import re

from tests.architecture.source import sources, written

QUESTIONS = {
    *("all", "bulk_create", "bulk_update", "create", "exclude", "filter", "first", "get"),
    *("get_or_create", "get_or_none", "in_bulk", "raw", "update_or_create"),
}
# Who asks a model itself, and why.
BESIDES_REPOSITORIES = {
    "deskbell/aftermath.py": "reads what a rehearsed call left behind, over every feature",
    "tenants/sessions.py": "looks a member up before there is a unit of work",
}
SQL = re.compile(
    r"\b(SELECT\s|INSERT INTO|UPDATE\s+\S+\s+SET|DELETE FROM"
    r"|(CREATE|ALTER|DROP) (TABLE|ROLE|DATABASE|UNIQUE|INDEX|POLICY)|GRANT\s|REVOKE\s)"
)
# Changes of shape take no parameters: names of tables and roles, all of them our own.
SHAPES = ("deskbell/roles.py", "domain/tenant_tables.py", "*/migrations/*")
# Statements made from the labels of the tables: they name tables and columns that code declares,
# and take every value as a parameter.
FROM_LABELS = ("domain/disposal/*", "domain/retention/*")
RAW = {"execute", "execute_query", "execute_query_dict", "execute_many", "execute_script"}


def models():
    """The name of every table's class."""
    parents = {"Model", "TenantModel"}
    return {
        node.name
        for source in written()
        for node in source.of(ast.ClassDef)
        if parents & {base.id for base in node.bases if isinstance(base, ast.Name)}
    }


def keeps_rows(source):
    return source.path.endswith("repository.py") or source.path in BESIDES_REPOSITORIES


def asked_outside(source, tables):
    for name, call in source.calls:
        model, _, question = name.rpartition(".")
        if model in tables and question in QUESTIONS:
            yield f"{source.path}:{call.lineno} {name}"


def test_only_repositories_ask_models():
    tables = models()
    assert len(tables) > 30
    elsewhere = [source for source in written() if not keeps_rows(source)]
    assert [found for source in elsewhere for found in asked_outside(source, tables)] == []


def test_every_exception_is_still_needed():
    tables = models()
    asking = {each.path for each in written() if list(asked_outside(each, tables))}
    assert set(BESIDES_REPOSITORIES) <= asking


def test_values_never_become_part_of_sql():
    built = [
        f"{source.path}:{node.lineno}"
        for source in sources()
        if not source.is_one_of((*SHAPES, *FROM_LABELS))
        for node in source.of(ast.JoinedStr)
        if SQL.search(_constant_parts(node)) and _has_values(node)
    ]
    assert built == []


def test_statements_are_whole_when_they_are_sent():
    """A statement is a constant or has a name; nothing is put into it on the spot."""
    built = [
        f"{source.path}:{call.lineno}"
        for source in written()
        if not source.is_one_of((*SHAPES, *FROM_LABELS))
        for name, call in source.calls
        if name.rpartition(".")[2] in RAW and call.args
        if not isinstance(call.args[0], ast.Constant | ast.Name | ast.Attribute)
    ]
    assert built == []


def _constant_parts(node):
    return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))


def _has_values(node):
    return any(isinstance(part, ast.FormattedValue) for part in node.values)
