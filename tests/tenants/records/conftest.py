"""A tenant with people of several roles, and letters on their way."""

from dataclasses import replace
from typing import Any

import pytest

from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from domain.privacy.recipients import Recipient, TransferBasis
from domain.scope import Actor, ActorKind, Scope
from plugins.delivery import Deliverer
from plugins.registry import Registry
from tenants.records.legal.letters import LegalLetters
from tenants.records.notices.letters import NoticeLetterWriter
from tenants.records.reactions import HANDLERS
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road

MAIL = Recipient(
    "Mail Inc.",
    "e-mail",
    frozenset({DataClass.ACCOUNT}),
    Purpose.SERVICE_MESSAGES,
    country="US",
    transfer=TransferBasis.STANDARD_CLAUSES,
    task_only=True,
)
STORE = replace(MAIL, name="Speicher GmbH", service="store", country="DE")
NOWHERE = Recipient("Somebody", "faults", frozenset({DataClass.LOG}), Purpose.MONITORING)


def promising(scope: Scope, **changes: Any) -> Scope:
    """The same tenant under another policy."""
    privacy = scope.tenant.privacy.model_copy(update=changes)
    return replace(scope, tenant=replace(scope.tenant, privacy=privacy))


def staff_of_operator(scope: Scope, name: str = "one") -> Scope:
    """Somebody of the operator, at that tenant."""
    return replace(scope, actor=Actor(ActorKind.OPERATOR, name))


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def road(unit_of_work, scope, database, postbox) -> Road:
    letters, demands = NoticeLetterWriter("https://desk.test"), LegalLetters()
    handlers = (*HANDLERS, *letters.handlers, *demands.handlers)
    registry = Registry(handlers, demands.jobs, plugins=())
    deliverer = Deliverer(registry, unit_of_work, postbox, PACE)
    return Road(registry, unit_of_work, scope, database, deliverer)
