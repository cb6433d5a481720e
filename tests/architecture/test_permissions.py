"""What code asks for is what roles can hold."""

import ast
import re

from tenants.models import Role
from tenants.roles import CALLER, OF_ROLE, Permission
from tests.architecture.source import written

ACTIONS = "|".join(sorted({permission.partition(":")[2] for permission in Permission}))
SHAPE = re.compile(rf"[a-z_]+:({ACTIONS})")
DECLARED = "tenants/roles.py"
# Roles hold these before there is anything to ask them for.
NOTHING_TO_ASK = {"transfers:read"}


def required():
    """The literal permission of every `require("…")`."""
    for source in written():
        for name, call in source.calls:
            if name.endswith("require") and isinstance(call.args[0], ast.Constant):
                yield f"{source.path}:{call.lineno}", call.args[0].value


def quoted():
    """Everything in quotes that looks like a permission, wherever it is asked for."""
    elsewhere = (source for source in written() if source.path != DECLARED)
    return {text for source in elsewhere for text in source.strings if SHAPE.fullmatch(text)}


def test_every_permission_required_can_be_held():
    assert {each for each in required() if each[1] not in set(Permission)} == set()


def test_every_permission_quoted_can_be_held():
    assert quoted() - set(Permission) == set()


def test_every_permission_is_asked_for_somewhere():
    assert set(Permission) - quoted() <= NOTHING_TO_ASK


def test_permissions_are_in_order():
    assert list(Permission) == sorted(Permission)


def test_a_permission_is_named_by_its_value():
    assert all(each.name == each.value.replace(":", "_").upper() for each in Permission)


def test_every_role_holds_known_permissions():
    assert set(OF_ROLE) == set(Role) - {Role.CUSTOM}
    assert all(held <= set(Permission) for held in (*OF_ROLE.values(), CALLER))
