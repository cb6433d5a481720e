"""Customer files through GraphQL: what goes into which field, and filling one."""

from dataclasses import replace

import pytest

from integrations.http_out import Reach
from integrations.oauth import Tokens
from plugins import settings
from plugins.connections import service
from plugins.registry import Registry
from tests.api.conftest import PUBLIC_URL, build_app
from tests.api.deeds import do, refuse
from tests.factories.accounts import SOMEWHERE
from tests.fakes.crm import Failure
from tests.fakes.salesforce import FakeSalesforce
from tests.fakes.serving import free_port, serving
from tests.plugins.connections.conftest import desk_for

THERE = replace(SOMEWHERE, name="salesforce")
FILE = """customerFile {
    plugin mapping { ours theirs isMissing } filling fillTotal fillDone comparedAt failure
}"""
LIST = "{ tenant { customerFiles { plugin mapping { ours theirs isMissing } filling } } }"


@pytest.fixture
def salesforce():
    return FakeSalesforce()


@pytest.fixture
def app(database, unit_of_work, live):
    desk = desk_for(unit_of_work, THERE)
    return build_app(unit_of_work, live, connections=desk, reach=Reach.parse("127.0.0.0/8"))


@pytest.fixture
async def connected(salesforce, unit_of_work, scope):
    """Salesforce is connected and switched on."""
    async with serving(salesforce.app(), free_port()) as port:
        api = f"http://127.0.0.1:{port}"
        async with unit_of_work(scope) as uow:
            tokens = Tokens("token", "refresh", 1800, subject="42", account="42", api_url=api)
            await service.keep(uow, THERE, tokens)
            await settings.enable(uow, Registry(), "salesforce")
        yield salesforce


def mapping(**fields):
    return [{"ours": ours, "theirs": theirs} for ours, theirs in fields.items()]


async def test_an_owner_sees_the_fields_there_and_maps_them(owner, connected):
    wanted = f"{FILE} fields {{ name title type canBeMapped }}"
    seen = await do(owner, "customerFileCompare", wanted, plugin="salesforce")
    fields = {each["name"]: each["canBeMapped"] for each in seen["fields"]}
    assert (fields["MobilePhone"], fields["SystemModstamp"]) == (True, False)
    new = mapping(source="MobilePhone", full_name="FirstName")
    mapped = await do(owner, "customerFileMap", FILE, plugin="salesforce", mapping=new)
    assert mapped["customerFile"]["mapping"] == [
        {"ours": "full_name", "theirs": "FirstName", "isMissing": False},
        {"ours": "source", "theirs": "MobilePhone", "isMissing": False},
    ]
    [listed] = (await owner.ask(LIST))["tenant"]["customerFiles"]
    assert listed["mapping"] == mapped["customerFile"]["mapping"]


async def test_what_cannot_be_mapped_is_named(owner, connected):
    wrong = """mutation { customerFileMap(input: {plugin: "salesforce", mapping: [
        {ours: "source", theirs: "Nothing__c"}, {ours: "language", theirs: "CreatedDate"}
    ]}) { ... on InvalidInputError { fields { path code } } } }"""
    found = (await owner.ask(wrong))["customerFileMap"]["fields"]
    assert found == [
        {"path": "fields.source", "code": "NO_FIELD"},
        {"path": "fields.language", "code": "READ_ONLY"},
    ]
    unknown = mapping(shoe_size="FirstName")
    assert (
        await refuse(owner, "customerFileMap", plugin="salesforce", mapping=unknown)
        == "InvalidInputError"
    )


async def test_a_field_that_was_deleted_there_is_seen_to_be_missing(owner, connected):
    new = mapping(source="MobilePhone")
    await do(owner, "customerFileMap", FILE, plugin="salesforce", mapping=new)
    connected.fields["Contact"].remove("MobilePhone")
    seen = await do(owner, "customerFileCompare", FILE, plugin="salesforce")
    [field] = seen["customerFile"]["mapping"]
    assert field == {"ours": "source", "theirs": "MobilePhone", "isMissing": True}


async def test_filling_begins_stops_and_goes_on(owner, connected):
    await do(owner, "contactAdd", "contact { id }", name="Bo Li", idempotencyKey="1")
    begun = await do(owner, "customerFileFill", FILE, plugin="salesforce")
    assert begun["customerFile"]["filling"] == "RUNNING"
    assert begun["customerFile"]["fillTotal"] == 1
    stopped = await do(owner, "customerFileStop", FILE, plugin="salesforce")
    assert stopped["customerFile"]["filling"] == "STOPPED"


async def test_a_file_that_is_shut_says_so(owner, connected):
    connected.failures = [Failure(403)]
    compare = {"plugin": "salesforce"}
    assert await refuse(owner, "customerFileCompare", **compare) == "CustomerFileRefusedError"


async def test_a_file_that_is_off_is_neither_asked_nor_filled(owner):
    for deed in ("customerFileCompare", "customerFileFill", "customerFileStop"):
        assert await refuse(owner, deed, plugin="hubspot") == "PluginNotEnabledError"
    ask = 'mutation { customerFileFill(input: {plugin: "notify"}) { __typename } }'
    assert await owner.fail(ask) == "NOT_FOUND"


async def test_calls_of_the_past_are_noted_if_somebody_says_so(owner, connected):
    wanted = "customerFile { fillsCalls callsTotal callsDone callsRefused changesUrl }"
    begun = await do(owner, "customerFileFill", wanted, plugin="salesforce")
    assert begun["customerFile"]["fillsCalls"] is False
    more = await do(owner, "customerFileFill", wanted, plugin="salesforce", calls=True)
    assert more["customerFile"] == {
        "fillsCalls": True,
        "callsTotal": 0,
        "callsDone": 0,
        "callsRefused": 0,
        # Salesforce tells of nothing.
        "changesUrl": None,
    }


async def test_an_owner_sees_where_hubspot_tells_of_changes(owner, connected, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await settings.enable(uow, Registry(), "hubspot")
    files = (await owner.ask("{ tenant { customerFiles { plugin changesUrl } } }"))["tenant"]
    [url] = [each["changesUrl"] for each in files["customerFiles"] if each["plugin"] == "hubspot"]
    assert url.startswith(f"{PUBLIC_URL}/plugins/hubspot/")
    assert url.endswith("/changes")
