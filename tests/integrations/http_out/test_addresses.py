"""Which addresses may be called."""

from ipaddress import ip_address

import pytest

from integrations.http_out import AddressRefused, Reach
from integrations.http_out.addresses import LONGEST_URL, is_public

OURS = Reach.parse("10.1.0.0/16, fd00::/8", "443, 8443")
PRIVATE = [
    *("0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.8.9.1", "169.254.169.254"),
    *("172.16.0.1", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1"),
    *("198.51.100.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1"),
    *("64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1"),
    *("fc00::1", "fd12::1", "fe80::1", "fec0::1", "ff02::1"),
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001::1"]
# Ways of writing 127.0.0.1 that resolvers understand: as literals they are names, and looked up.
DISGUISED = ["https://2130706433/", "https://0x7f.1/", "https://0177.0.0.1/"]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_refused(address):
    assert not is_public(ip_address(address))
    with pytest.raises(AddressRefused, match="not a public one"):
        Reach().check(ip_address(address), "https")


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_may_be_called(address):
    Reach().check(ip_address(address), "https")


@pytest.mark.parametrize("address", ["10.1.2.3", "fd00::1"])
def test_a_deployment_may_open_its_own_networks(address):
    OURS.check(ip_address(address), "https")
    OURS.check(ip_address(address), "http")


def test_a_network_that_is_not_named_stays_closed():
    with pytest.raises(AddressRefused):
        OURS.check(ip_address("10.2.0.1"), "https")


def test_a_public_address_is_never_called_in_the_clear():
    with pytest.raises(AddressRefused, match="https"):
        OURS.check(ip_address("1.1.1.1"), "http")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://example.com/",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@example.com/",
        "https://@127.0.0.1/",
        "https://example.com:0/",
        "https://example.com:99999/",
        "https://example.com:22/",
        "http://example.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://[fe80::1%25eth0]/",
        "https://exa mple.com/",
        "https://example.com/\n",
        "https://example.com/" + "x" * LONGEST_URL,
    ],
)
def test_a_url_that_cannot_be_called_is_refused_when_it_is_named(url):
    with pytest.raises(AddressRefused):
        Reach().target(url)


@pytest.mark.parametrize("url", DISGUISED)
def test_a_disguised_number_is_a_name_to_be_looked_up(url):
    assert Reach().target(url).host == url.removeprefix("https://").removesuffix("/")


def test_a_port_may_be_opened():
    assert OURS.target("https://example.com:8443/x").port == 8443


def test_a_literal_of_an_open_network_may_use_any_port():
    assert OURS.target("http://10.1.0.9:9000/").port == 9000


@pytest.mark.parametrize(("networks", "ports"), [("10.0.0.1/8", ""), ("x", ""), ("", "https")])
def test_a_setting_that_makes_no_sense_is_an_error(networks, ports):
    with pytest.raises(ValueError, match=r".+"):
        Reach.parse(networks, ports)
