"""People, roles and invitations through GraphQL, and joining by a letter."""

import pytest

from tenants.members import invitations
from tenants.members.rights import Assigned
from tenants.models import Role
from tenants.repository import Users
from tests.api.conftest import browse
from tests.api.deeds import do, listed, refuse
from tests.api.everything import own_everything
from tests.factories.members import PASSWORD, join, role_of

MEMBERS = """
query ($first: Int) { tenant { members(first: $first) { edges { node {
  role person { name email } customRole { name permissions } } } } } }
"""
ACCEPT = "/auth/accept-invitation"


async def invited(unit_of_work, scope, role=Role.STAFF):
    """An address and the token in its letter."""
    async with unit_of_work(scope) as uow:
        row = await invitations.invite(uow, f"anna@{scope.tenant.slug}.test", Assigned(role))
        return row.email, await invitations.token_of(uow, row.id, row.letter)


@pytest.fixture
async def as_member(app, unit_of_work, scope):
    """Signs somebody new in, in a role."""

    async def sign_in(browser, role):
        member = await join(unit_of_work, scope, role)
        async with unit_of_work(scope) as uow:
            email = (await Users(uow).get(member.user_id)).email
        assert (await browser.sign_in(email, PASSWORD)).status_code == 200
        return member

    return sign_in


async def test_the_members_are_listed_with_their_roles(owner, unit_of_work, scope):
    desk = await role_of(unit_of_work, scope, "Desk", "messages:read")
    await join(unit_of_work, scope, Role.CUSTOM, custom_role_id=desk)
    first, second = await listed(owner, "members", "role person { name } customRole { name }")
    assert first == {"role": "OWNER", "person": {"name": "Olive Owner"}, "customRole": None}
    assert (second["role"], second["customRole"]) == ("CUSTOM", {"name": "Desk"})


async def test_members_cost_the_same_at_any_number(owner, unit_of_work, scope, queries):
    desk = await role_of(unit_of_work, scope, "Desk", "messages:read")
    for _ in range(4):
        await join(unit_of_work, scope, Role.CUSTOM, custom_role_id=desk)
    counted = []
    for first in (2, 5):
        queries()
        data = await owner.ask(MEMBERS, first=first)
        assert len(data["tenant"]["members"]["edges"]) == first
        counted.append(len(queries()))
    assert counted[0] == counted[1]


async def test_invitations_and_keys_cost_the_same_at_any_number(
    owner, unit_of_work, scope, queries
):
    desk = await role_of(unit_of_work, scope, "Desk", "messages:read")
    async with unit_of_work(scope) as uow:
        for number in range(4):
            await invitations.invite(uow, f"a{number}@b.test", Assigned(Role.CUSTOM, desk))
    query = """query ($first: Int) { tenant {
      invitations(first: $first, open: true) { edges { node { email customRole { name } } } }
      customRoles(first: $first) { edges { node { name permissions } } }
      apiKeys(first: $first) { edges { node { name } } } } }"""
    counted = []
    for first in (1, 4):
        queries()
        data = await owner.ask(query, first=first)
        assert len(data["tenant"]["invitations"]["edges"]) == first
        counted.append(len(queries()))
    assert counted[0] == counted[1]


async def test_the_built_in_roles_say_what_they_allow(owner):
    roles = (await owner.ask("{ tenant { builtInRoles { role permissions } } }"))["tenant"]
    held = {each["role"]: each["permissions"] for each in roles["builtInRoles"]}
    assert "RECORDINGS_LISTEN" in held["OWNER"]
    assert "RECORDINGS_LISTEN" not in held["VIEWER"]


async def test_a_role_is_made_given_and_deleted(owner, unit_of_work, scope):
    made = await do(
        owner, "customRoleAdd", "role { id permissions }", name="Desk", permissions=["CALLS_READ"]
    )
    id = made["role"]["id"]
    await join(unit_of_work, scope, Role.VIEWER)
    [_, theirs] = await listed(owner, "members", "id")
    given = {"id": theirs["id"], "role": "CUSTOM", "customRoleId": id}
    changed = await do(owner, "memberChangeRole", "member { role customRole { name } }", **given)
    assert changed["member"] == {"role": "CUSTOM", "customRole": {"name": "Desk"}}
    assert await refuse(owner, "customRoleDelete", id=id) == "RoleInUseError"
    await do(owner, "customRoleUpdate", "role { name }", id=id, name="Phones")
    await do(owner, "memberRemove", "id", id=theirs["id"])
    assert (await do(owner, "customRoleDelete", "id", id=id))["id"] == id


async def test_the_errors_of_members_have_types(owner, scope):
    [own] = await listed(owner, "members", "id")
    assert await refuse(owner, "memberRemove", id=own["id"]) == "LastOwnerError"
    assert await refuse(owner, "memberLeave", slug=scope.tenant.slug) == "LastOwnerError"
    assert await refuse(owner, "memberLeave", slug="another") == "InvalidInputError"
    invite = {"email": f"owner@{scope.tenant.slug}.test", "role": "STAFF"}
    assert await refuse(owner, "invitationSend", **invite) == "AlreadyMemberError"
    given = {"email": "anna@b.test", "role": "CUSTOM"}
    assert await refuse(owner, "invitationSend", **given) == "InvalidInputError"


async def test_who_lacks_a_right_is_told_which(app, as_member, stranger):
    await as_member(stranger, Role.ADMIN)
    query = """mutation { invitationSend(input: {email: "a@b.test", role: OWNER}) {
      ... on BeyondOwnRightsError { code missing } } }"""
    assert (await stranger.ask(query))["invitationSend"] == {
        "code": "BEYOND_OWN_RIGHTS",
        "missing": ["TENANT_CLOSE", "TENANT_TRANSFER"],
    }


async def test_an_invitation_is_sent_again_and_revoked(owner):
    sent = await do(
        owner, "invitationSend", "invitation { id email role }", email="a@b.test", role="STAFF"
    )
    id = sent["invitation"]["id"]
    given = {"email": "A@B.test", "role": "STAFF"}
    assert await refuse(owner, "invitationSend", **given) == "AlreadyInvitedError"
    await do(owner, "invitationResend", "invitation { expiresAt }", id=id)
    await do(owner, "invitationRevoke", "invitation { revokedAt }", id=id)
    assert await refuse(owner, "invitationResend", id=id) == "InvitationClosedError"


async def test_an_owner_makes_another_one(owner, as_member, stranger):
    await as_member(stranger, Role.STAFF)
    [_, staff] = await listed(owner, "members", "id")
    made = await do(owner, "memberMakeOwner", "member { role }", id=staff["id"])
    assert made["member"]["role"] == "OWNER"
    assert await owner.fail('mutation { memberMakeOwner(input: {id: "x"}) { __typename } }') == (
        "FORBIDDEN"
    )


async def test_who_is_removed_is_out_at_once(owner, as_member, stranger):
    await as_member(stranger, Role.STAFF)
    assert (await stranger.ask("{ tenant { name } }"))["tenant"]
    [_, staff] = await listed(owner, "members", "id")
    await do(owner, "memberRemove", "id", id=staff["id"])
    assert await stranger.fail("{ tenant { name } }") == "SESSION_ENDED"


@pytest.mark.promise("P106")
async def test_a_viewer_sees_that_there_was_a_call_and_not_what_was_said(
    as_member, stranger, unit_of_work, scope
):
    await own_everything(unit_of_work, scope, "mark")
    await as_member(stranger, Role.VIEWER)
    await stranger.ask("{ tenant { calls { edges { node { state } } } } }")
    for words in ("summary", "extracted", "turns { text }"):
        query = f"{{ tenant {{ conversations {{ edges {{ node {{ id {words} }} }} }} }} }}"
        answer = (await stranger.post(query)).json()
        assert {error["extensions"]["code"] for error in answer["errors"]} == {"FORBIDDEN"}
        assert "mark" not in str(answer.get("data"))


async def test_joining_by_a_letter(app, unit_of_work, scope, stranger):
    email, token = await invited(unit_of_work, scope)
    body = {"token": token, "name": "Anna Lee", "password": PASSWORD}
    assert (await stranger.http.post(ACCEPT, json=body)).status_code == 204
    assert (await stranger.sign_in(email, PASSWORD)).status_code == 200
    viewer = (await stranger.ask("{ viewer { name tenant { slug } } }"))["viewer"]
    assert viewer == {"name": "Anna Lee", "tenant": {"slug": scope.tenant.slug}}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"token": "x", "name": "Anna", "password": PASSWORD}, 404, "INVITATION_INVALID"),
        ({"token": 1}, 422, "INVALID_INPUT"),
        ({}, 422, "INVALID_INPUT"),
        ([], 422, "INVALID_INPUT"),
        ({"token": "x", "role": "OWNER"}, 422, "INVALID_INPUT"),
    ],
)
async def test_what_is_no_invitation_is_a_problem(stranger, body, status, code):
    response = await stranger.http.post(ACCEPT, json=body)
    assert (response.status_code, response.json()["code"]) == (status, code)


async def test_a_newcomer_is_asked_for_what_is_missing(stranger, unit_of_work, scope):
    _, token = await invited(unit_of_work, scope)
    response = await stranger.http.post(ACCEPT, json={"token": token})
    assert [field["path"] for field in response.json()["fields"]] == ["name", "password"]


async def test_a_form_of_another_site_joins_nobody(stranger, unit_of_work, scope):
    _, token = await invited(unit_of_work, scope)
    response = await stranger.http.post(ACCEPT, data={"token": token})
    assert (response.status_code, response.json()["code"]) == (400, "BAD_REQUEST")


async def test_the_letter_opens_a_page(app):
    async with browse(app) as browser:
        page = await browser.http.get("/join")
        script = await browser.http.get("/join.js")
    assert page.headers["content-type"].startswith("text/html")
    # The script is a file of its own, so that a strict content policy lets it run.
    assert '<script src="/join.js"' in page.text
    assert ACCEPT in script.text
