"""Changing the tenant itself through GraphQL."""

from tests.api.deeds import do, refuse

FIELDS = "tenant { name slug timeZone locale region currency status }"
TENANT = f"{{ {FIELDS} }}"


async def test_a_business_is_renamed_and_moved(owner, scope):
    moved = await do(
        owner,
        "tenantUpdate",
        FIELDS,
        name="Bright Smile",
        timeZone="Europe/London",
        locale="en-GB",
        region="GB",
    )
    assert moved["tenant"] == {
        "name": "Bright Smile",
        "slug": scope.tenant.slug,
        "timeZone": "Europe/London",
        "locale": "en-GB",
        "region": "GB",
        "currency": "USD",
        "status": "ACTIVE",
    }
    assert await owner.ask(TENANT) == moved


async def test_what_is_left_out_stays(owner):
    before = (await owner.ask(TENANT))["tenant"]
    moved = await do(owner, "tenantUpdate", FIELDS, region="GB")
    assert moved["tenant"] == before | {"region": "GB"}


async def test_what_makes_no_sense_is_refused(owner):
    before = await owner.ask(TENANT)
    assert await refuse(owner, "tenantUpdate", locale="tlh") == "InvalidInputError"
    assert await refuse(owner, "tenantUpdate", region="Atlantis") == "InvalidInputError"
    assert await refuse(owner, "tenantUpdate", name="") == "InvalidInputError"
    assert await owner.ask(TENANT) == before


async def test_the_next_deed_of_the_same_request_goes_by_it(owner):
    """A number without its country is read as one of the new country."""
    both = """
    mutation { tenantUpdate(input: {region: "GB"}) { __typename }
      contactAdd(input: {name: "Eve", phone: "020 7946 0958"}) {
        ... on ContactAddPayload { contact { phone } } } }
    """
    answer = await owner.ask(both)
    assert answer["contactAdd"]["contact"]["phone"] == "+442079460958"


async def test_a_stranger_changes_nothing(stranger):
    mutation = 'mutation { tenantUpdate(input: {name: "Mine"}) { __typename } }'
    assert await stranger.fail(mutation) == "UNAUTHENTICATED"
