"""No call and no text reaches anybody but through the gate."""

import ast
import typing

from domain.outreach.gate import Permit
from domain.outreach.outbound.ports import Carrier, Outgoing
from tests.architecture.source import sources, written

# Where a carrier is called, after the gate; where it may be made, and where it is handed on.
THE_ROAD = "domain/outreach/outbound/worker.py"
# What starts a call or sends a text at a vendor: of these names none is called elsewhere. To put
# a running call through to the staff (`instruct`, `connect`) reaches nobody who did not call.
VENDOR_DEEDS = {"create_call", "send_sms", "messages.send", "sms.send"}


def test_what_is_carried_has_a_permit():
    assert typing.get_type_hints(Carrier.carry)["outgoing"] is Outgoing
    assert typing.get_type_hints(Outgoing)["permit"] is Permit


def test_only_the_road_through_the_gate_carries():
    callers = {
        source.path for source in written() for name, _ in source.calls if name.endswith(".carry")
    }
    assert callers == {THE_ROAD}


def test_parcels_are_made_on_that_road_only():
    makers = {source.path for source in written() for name, _ in source.calls if name == "Outgoing"}
    assert makers == {THE_ROAD}


def test_nobody_starts_a_call_or_text_at_the_vendor_otherwise():
    found = {
        source.path
        for source in sources()
        for name, _ in source.calls
        if any(name == deed or name.endswith(f".{deed}") for deed in VENDOR_DEEDS)
        and not implements_carrier(source)
    }
    assert found == set()


def implements_carrier(source) -> bool:
    """Whether a file is the vendor's side of the port, which asks for the outgoing."""
    return any(
        isinstance(node, ast.AsyncFunctionDef) and node.name == "carry" for node in source.nodes
    )
