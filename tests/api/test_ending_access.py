"""Where a business is not served, access can still be taken back, and none is given."""

import pytest

from api.graphql.ids import write_id
from domain.scope import TenantStatus
from tenants.models import Role, Tenant
from tests.api.conftest import browse
from tests.api.deeds import do, listed
from tests.conftest import as_system
from tests.factories.apps import app_of, connect
from tests.factories.members import join, key_of

NOT_SERVED = pytest.mark.parametrize("status", [TenantStatus.SUSPENDED, TenantStatus.CLOSING])
CONTACTS = "{ tenant { contacts { edges { node { id } } } } }"
MADE = {
    "apiKeyCreate": '{name: "New", permissions: [CONTACTS_READ]}',
    "appCreate": '{name: "New", permissions: [CONTACTS_READ]}',
    "invitationSend": '{email: "new@example.com", role: STAFF}',
}
GIVEN_BACK = ("apiKeyThaw", "memberThaw")


@pytest.fixture
def stand(database, scope):
    """Gives the business another standing, as those above it do."""

    async def stand(status):
        async with as_system(database):
            await Tenant.filter(id=scope.tenant_id).update(status=status)

    return stand


@pytest.fixture
async def connected(unit_of_work, scope, other_scope):
    """The token of somebody else's app that the business has agreed to, and an app of its own."""
    theirs = await app_of(unit_of_work, other_scope, "contacts:read")
    mine = await app_of(unit_of_work, scope, "contacts:read")
    return (await connect(unit_of_work, scope, theirs.app)).access, mine.app


async def refused(app, token):
    """How a program is refused."""
    async with browse(app) as program:
        program.headers["Authorization"] = f"Bearer {token}"
        return await program.fail(CONTACTS)


@NOT_SERVED
async def test_keys_are_ended(owner, app, stand, status, unit_of_work, scope):
    frozen, revoked = [await key_of(unit_of_work, scope, "contacts:read") for _ in range(2)]
    await stand(status)
    await do(owner, "apiKeyRevoke", "apiKey { id }", id=write_id("ApiKey", revoked.key.id))
    await do(owner, "apiKeyFreeze", "apiKey { id }", id=write_id("ApiKey", frozen.key.id))
    for issued in (frozen, revoked):
        assert await refused(app, issued.token) == "KEY_REFUSED"


@NOT_SERVED
async def test_apps_are_ended(owner, app, stand, status, connected):
    token, mine = connected
    await stand(status)
    [connection] = await listed(owner, "connectedApps", "id")
    await do(owner, "connectedAppRevoke", "connectedApp { id }", id=connection["id"])
    await do(owner, "appDelete", "deletedId", id=write_id("App", mine.id))
    assert await refused(app, token) == "TOKEN_REFUSED"
    assert await listed(owner, "apps", "id") == []


@NOT_SERVED
async def test_people_are_let_go(owner, stand, status, unit_of_work, scope):
    frozen, removed = [await join(unit_of_work, scope, Role.STAFF) for _ in range(2)]
    fields = "invitation { id }"
    invited = await do(owner, "invitationSend", fields, email="eve@example.com", role="STAFF")
    [session] = (await owner.ask("{ viewer { sessions { id } } }"))["viewer"]["sessions"]
    await stand(status)
    await do(owner, "memberFreeze", "member { id }", id=write_id("Member", frozen.id))
    await do(owner, "memberRemove", "id", id=write_id("Member", removed.id))
    await do(owner, "invitationRevoke", fields, id=invited["invitation"]["id"])
    shown = {row["id"]: row["frozenAt"] for row in await listed(owner, "members", "id frozenAt")}
    assert shown[write_id("Member", frozen.id)]
    assert write_id("Member", removed.id) not in shown
    assert await listed(owner, "invitations", "id", open="true") == []
    await do(owner, "sessionRevoke", "ended", id=session["id"])
    assert await owner.fail(CONTACTS) == "SESSION_ENDED"


@NOT_SERVED
async def test_no_access_is_given(owner, stand, status, unit_of_work, scope):
    issued = await key_of(unit_of_work, scope, "contacts:read")
    member = await join(unit_of_work, scope, Role.STAFF)
    ids = (write_id("ApiKey", issued.key.id), write_id("Member", member.id))
    again = {deed: f'{{id: "{id}"}}' for deed, id in zip(GIVEN_BACK, ids, strict=True)}
    await stand(status)
    for deed, given in (MADE | again).items():
        assert await owner.fail(f"mutation {{ {deed}(input: {given}) {{ __typename }} }}") == (
            "FORBIDDEN"
        ), deed
