"""What is kept of where somebody signs in from: a kind of device, and a part of the network."""

import re
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

# The first that fits: browsers name their ancestors, and phones their desktops.
BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
    ("curl", r"^curl/"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("ChromeOS", r"CrOS"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X|Macintosh"),
    ("Linux", r"Linux|X11"),
)
LONGEST_AGENT = 400
# What an internet provider or an office has for itself; enough to recognise, too coarse to find.
IPV4_BITS = 24
IPV6_BITS = 48


@dataclass(frozen=True)
class Origin:
    """Where a request comes from, as far as it is kept."""

    device: str = ""
    network: str = ""

    @classmethod
    def of(cls, address: str, agent: str) -> "Origin":
        """What is kept of an address and a `User-Agent`."""
        return cls(device_of(agent), network_of(address))


def device_of(agent: str) -> str:
    """`Firefox on Linux`, or as much of it as can be told."""
    agent = agent[:LONGEST_AGENT]
    browser, system = _first(BROWSERS, agent), _first(SYSTEMS, agent)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Unknown device"


def network_of(address: str) -> str:
    """The network of an address, such as `203.0.113.0/24`; an address that is none has none."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    mapped = getattr(known, "ipv4_mapped", None)
    known = mapped or known
    bits = IPV4_BITS if known.version == 4 else IPV6_BITS
    return str(ip_network((known, bits), strict=False))


def _first(kinds: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for name, mark in kinds if re.search(mark, agent)), "")
