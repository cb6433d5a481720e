"""What code asks for is what roles can hold."""

import ast
import re

from tenants.models import Role
from tenants.roles import CALLER, OF_ROLE, Permission
from tests.architecture.source import written

SHAPE = re.compile(r"[a-z_]+:[a-z]+")
KEYWORDS = {"permission", "permissions"}


def asked_for():
    """Every permission that code names where it asks for, or declares, one."""
    for source in written():
        named = _constants(source)
        for name, call in source.calls:
            for value in _arguments(name, call):
                text = named.get(value.id) if isinstance(value, ast.Name) else value
                for permission in _texts(text):
                    yield source.path, permission


def test_every_permission_asked_for_can_be_held():
    unknown = {(path, name) for path, name in asked_for() if name not in set(Permission)}
    assert unknown == set()


def test_every_permission_is_asked_for_somewhere():
    assert set(map(str, Permission)) - {name for _, name in asked_for()} == set()


def test_permissions_are_in_order():
    assert list(Permission) == sorted(Permission)


def test_a_permission_is_named_by_its_value():
    assert all(each.name == each.value.replace(":", "_").upper() for each in Permission)


def test_every_role_holds_known_permissions():
    assert set(OF_ROLE) == set(Role)
    assert all(held <= set(Permission) for held in (*OF_ROLE.values(), CALLER))


def _constants(source):
    """Module constants such as `READ = "plugins:read"`."""
    return {
        target.id: node.value
        for node in source.of(ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _arguments(name, call):
    if name.endswith("require"):
        yield from call.args
    yield from (keyword.value for keyword in call.keywords if keyword.arg in KEYWORDS)


def _texts(node):
    """The permissions written inside an expression."""
    inside = ast.walk(node) if node is not None else ()
    texts = (each.value for each in inside if isinstance(each, ast.Constant))
    return [text for text in texts if isinstance(text, str) and SHAPE.fullmatch(text)]
