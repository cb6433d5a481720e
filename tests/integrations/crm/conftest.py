"""The CRMs of our own, and what speaks to them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from domain.crm.filing import Filing, Vendor
from domain.crm.wire import Wire
from integrations import pipedrive, salesforce, zoho
from tests.fakes.crm import FakeCrm, Straight
from tests.fakes.pipedrive import CUSTOM, FakePipedrive
from tests.fakes.salesforce import FakeSalesforce
from tests.fakes.zoho import FakeZoho


@dataclass(frozen=True)
class Kit:
    """One vendor: a CRM of its kind, how it is spoken to, and a field of somebody's own there."""

    fake: type[Any]
    speak: Callable[[Wire], Vendor]
    fault: Callable[..., Exception]
    own_field: str
    gone: str
    """A field that is not there, and whether it is ignored when it is written."""
    ignores: bool = False


KITS = {
    "pipedrive": Kit(FakePipedrive, pipedrive.Pipedrive, pipedrive.fault, CUSTOM, "a" * 40),
    "salesforce": Kit(
        FakeSalesforce, salesforce.Salesforce, salesforce.fault, "MobilePhone", "Gone__c"
    ),
    "zoho": Kit(FakeZoho, zoho.Zoho, zoho.fault, "Heard_Of", "Gone", ignores=True),
}


def speaking(kit: Kit, crm: FakeCrm) -> Filing:
    there = Straight(crm.app())
    return Filing(kit.speak(Wire(there, there, kit.fault, crm.scheme)))


@pytest.fixture(params=sorted(KITS))
def kit(request):
    return KITS[request.param]


@pytest.fixture
def crm(kit):
    return kit.fake()


@pytest.fixture
def files(kit, crm):
    return speaking(kit, crm)
