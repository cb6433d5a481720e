"""TXT records, asked of a real name server on loopback."""

import dns.rcode
import pytest

from integrations.dns import NameServers
from tenants.sso.ports import NoNameServer
from tests.fakes.nameserver import naming


@pytest.fixture
async def names():
    async with naming() as server:
        yield server


@pytest.fixture
def resolver(names):
    return NameServers((names.address,), patience=1.0)


async def test_every_record_of_a_name_is_told(names, resolver):
    names.records["a.test"] = ["one", "two"]
    assert sorted(await resolver.texts("a.test")) == ["one", "two"]
    assert names.asked == ["a.test"]


async def test_a_name_that_is_not_there_has_none(names, resolver):
    names.records["b.test"] = []
    assert await resolver.texts("a.test") == []
    assert await resolver.texts("b.test") == []


async def test_a_name_that_cannot_be_has_none(resolver):
    assert await resolver.texts("x" * 64 + ".test") == []


@pytest.mark.parametrize("rcode", [dns.rcode.SERVFAIL, dns.rcode.REFUSED])
async def test_a_server_that_fails_is_no_answer(names, resolver, rcode):
    names.rcode = rcode
    with pytest.raises(NoNameServer):
        await resolver.texts("a.test")


async def test_nobody_there_is_no_answer():
    with pytest.raises(NoNameServer):
        await NameServers((("127.0.0.1", 9),), patience=0.2).texts("a.test")


@pytest.mark.parametrize(
    ("written", "servers"),
    [
        ("", ()),
        ("10.0.0.2", (("10.0.0.2", 53),)),
        (" 10.0.0.2:5353 , ::1,[::1]:54", (("10.0.0.2", 5353), ("::1", 53), ("::1", 54))),
    ],
)
def test_servers_are_read_from_a_setting(written, servers):
    assert NameServers.parse(written).servers == servers


@pytest.mark.parametrize("written", ["name.test", "10.0.0.2:x", "10.0.0"])
def test_what_is_no_server_is_refused(written):
    with pytest.raises(ValueError):  # noqa: PT011  # of ipaddress and of int
        NameServers.parse(written)
