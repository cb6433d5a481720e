"""Reading through GraphQL."""

VIEWER = "{ viewer { name email tenant { name slug timeZone } } }"


async def test_the_viewer_is_who_signed_in(owner, scope):
    viewer = (await owner.ask(VIEWER))["viewer"]
    assert viewer["name"] == "Olive Owner"
    assert viewer["tenant"]["slug"] == scope.tenant.slug


async def test_a_stranger_sees_no_viewer(stranger):
    assert await stranger.ask(VIEWER) == {"viewer": None}


async def test_a_stranger_is_told_to_sign_in(stranger):
    assert await stranger.fail("{ tenant { name } }") == "UNAUTHENTICATED"


async def test_the_version_is_open_to_all(stranger):
    assert (await stranger.ask("{ version }"))["version"]
