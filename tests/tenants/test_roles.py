"""What each built-in role may do, thought through once and kept."""

import pytest

from domain.scope import TenantKind
from tenants.members.errors import BeyondOwnRights
from tenants.models import Role
from tenants.roles import (
    ALWAYS,
    ENROLLING,
    EVERYTHING,
    FOR_PEOPLE,
    OF_HOUSE,
    OF_HOUSES,
    OF_ROLE,
    Permission,
    known,
    meaningful,
)
from tests.factories.members import key_of

OWN_PERMISSIONS = {
    Permission.PRIVACY_ERASE,
    Permission.PRIVACY_EXPORT,
    Permission.RECORDINGS_DELETE,
    Permission.RECORDINGS_LISTEN,
    Permission.TRANSCRIPTS_READ,
}
OF_CALLERS = {
    Permission.APPOINTMENTS_READ,
    Permission.CALLS_READ,
    Permission.CONTACTS_READ,
    Permission.CONVERSATIONS_READ,
    Permission.LEADS_READ,
    Permission.MESSAGES_READ,
    Permission.RECORDINGS_LISTEN,
    Permission.TRANSCRIPTS_READ,
}


def writing(role):
    return {each for each in OF_ROLE[role] if not each.endswith((":read", ":export", ":listen"))}


def test_every_role_but_custom_is_described():
    assert set(OF_ROLE) == set(Role) - {Role.CUSTOM}


@pytest.mark.promise("P105")
def test_the_owner_may_do_whatever_anybody_may():
    assert all(held <= OF_ROLE[Role.OWNER] for held in OF_ROLE.values())
    assert OF_ROLE[Role.OWNER] >= OWN_PERMISSIONS


def test_nobody_speaks_as_a_call_does():
    assert not [role for role, held in OF_ROLE.items() if Permission.CALLS_ANSWER in held]


def test_an_administrator_lacks_only_the_business_itself():
    lacking = {Permission.TENANT_CLOSE, Permission.TENANT_TRANSFER}
    assert OF_ROLE[Role.OWNER] - OF_ROLE[Role.ADMIN] == lacking


@pytest.mark.promise("P106")
def test_a_viewer_hears_nothing_reads_no_words_and_writes_nothing():
    assert not OF_ROLE[Role.VIEWER] & OWN_PERMISSIONS
    assert writing(Role.VIEWER) <= ENROLLING


def test_compliance_reads_and_exports_and_writes_nothing():
    held = OF_ROLE[Role.COMPLIANCE]
    assert {each for each in Permission if each.endswith(":read")} <= held
    assert Permission.PRIVACY_EXPORT in held
    assert Permission.RECORDINGS_LISTEN not in held
    assert writing(Role.COMPLIANCE) <= ENROLLING


def test_billing_sees_usage_and_members_and_no_caller():
    held = OF_ROLE[Role.BILLING]
    assert {Permission.USAGE_READ, Permission.MEMBERS_READ} <= held
    assert not held & OF_CALLERS
    assert writing(Role.BILLING) <= ENROLLING


def test_staff_change_neither_people_nor_plugins_nor_the_business():
    forbidden = {"members", "plugins", "keys", "tenant", "business", "numbers"}
    assert not {each for each in writing(Role.STAFF) if each.partition(":")[0] in forbidden}
    assert Permission.RECORDINGS_DELETE not in OF_ROLE[Role.STAFF]


def test_everybody_knows_where_they_are():
    assert all(held >= ALWAYS for held in OF_ROLE.values())


def test_what_gives_rights_to_others_is_for_people():
    assert {Permission.MEMBERS_WRITE, Permission.KEYS_WRITE} <= FOR_PEOPLE


def test_what_nobody_can_hold_is_left_out():
    assert known({"calls:answer", "cakes:bake", "calls:read"}) == {"calls:read"}


@pytest.mark.parametrize("kind", TenantKind)
def test_what_is_done_from_a_house_means_nothing_elsewhere(kind):
    worth = meaningful(EVERYTHING, kind)
    assert worth & OF_HOUSES == OF_HOUSE[kind]
    assert worth >= EVERYTHING - OF_HOUSES


def test_a_business_does_nothing_from_above():
    assert OF_HOUSE[TenantKind.BUSINESS] == frozenset()


async def test_an_owner_of_a_business_holds_nothing_of_a_house(scope, agency, staff):
    assert not scope.permissions & OF_HOUSES
    assert agency.permissions & OF_HOUSES == OF_HOUSE[TenantKind.ORGANIZATION]
    assert staff.permissions & OF_HOUSES == OF_HOUSE[TenantKind.OPERATOR]


async def test_a_key_of_a_business_cannot_be_given_any(unit_of_work, scope):
    for permission in sorted(OF_HOUSES - FOR_PEOPLE):
        with pytest.raises(BeyondOwnRights):
            await key_of(unit_of_work, scope, permission)
