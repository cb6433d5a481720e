"""One run of a tool: put together, done outside any unit of work, and written down."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.contacts.models import Contact
from domain.contacts.repository import Contacts
from domain.errors import InvalidInput, NotFound
from domain.keyring.errors import KeyDestroyed
from domain.personal import DataClass
from domain.privacy.policy import Destination
from domain.privacy.sensitive import redact_record
from domain.receptionist.offers import AskAgain, Condition, NotNow, Situation
from domain.sealed import Sealed
from domain.texts import catalogue
from domain.work import UnitOfWork
from plugins.custom_tools import filling, schemas
from plugins.custom_tools.definition import Definition, InputSource
from plugins.custom_tools.errors import ToolShut
from plugins.custom_tools.events import ToolUsed
from plugins.custom_tools.models import CustomTool, ToolOutcome
from plugins.custom_tools.repository import CustomToolRuns, CustomToolSecrets
from plugins.custom_tools.rules import MOST_BODY
from tenants.agreements import service as agreements
from tenants.records.routes import judged

AGENT = "Deskbell-Tools/1"


@dataclass(frozen=True)
class Errand:
    """What is to be asked, where, and where it is written down."""

    run_id: UUID
    tool_id: UUID
    conversation_id: UUID | None
    made: Definition
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    kept: bool = False
    """Whether what is said may be written down."""


@dataclass(frozen=True)
class Result:
    """What came of it."""

    outcome: ToolOutcome
    said: str = ""
    """What the caller hears; empty where it failed."""
    status: int | None = None
    error: str = ""
    """A word of ours; nothing of an answer is repeated in it."""
    attempts: int = 0
    milliseconds: int = 0


@dataclass(frozen=True)
class Caller:
    """For whom it is done: nobody, where a tool is tried out."""

    situation: Situation | None = None
    contact: Contact | None = None

    @property
    def conversation_id(self) -> UUID | None:
        """Where."""
        return self.situation.conversation_id if self.situation else None


async def for_caller(
    uow: UnitOfWork, row: CustomTool, answers: Mapping[str, str], situation: Situation
) -> Errand:
    """An errand for somebody who waits. Raises `NotNow`, `AskAgain` and `ToolShut`."""
    made = Definition.of(row)
    caller = Caller(situation, await _contact(uow, situation))
    refusal = made.says_otherwise or catalogue(uow.scope.tenant.locale).say("not_possible_here")
    if not all(_holds(each, caller) for each in made.conditions):
        raise NotNow(refusal)
    values = filling.told(made, answers) | filling.known_of(made, caller.contact)
    values = _discreet(uow, values)
    for key in schemas.misfits(made.input_schema, values):
        if any(each.key == key and each.source is InputSource.ASKED for each in made.inputs):
            raise AskAgain(key)
        # Nobody can be asked for what is not known of them.
        raise NotNow(refusal)
    return await _made_ready(uow, row, values, caller)


async def for_trial(uow: UnitOfWork, row: CustomTool, values: Mapping[str, Any]) -> Errand:
    """An errand for whoever tries a tool out. Raises `InvalidInput` and `ToolShut`."""
    given = _discreet(uow, dict(values))
    wrong = schemas.misfits(Definition.of(row).input_schema, given)
    if wrong:
        raise InvalidInput.at(f"inputs.{wrong[0]}", "This is not what the schema wants")
    return await _made_ready(uow, row, given, Caller())


async def finish(uow: UnitOfWork, errand: Errand, result: Result) -> None:
    """Write down what came of it; whatever is gone by now is left alone."""
    runs = CustomToolRuns(uow)
    run = await runs.still_there(errand.run_id)
    if run is not None:
        said = Sealed.text(result.said) if errand.kept and result.said else None
        await runs.save(run, **{**vars(result), "said": said})
    uow.record(
        ToolUsed(
            custom_tool_id=errand.tool_id,
            custom_tool_run_id=errand.run_id,
            conversation_id=errand.conversation_id,
            outcome=result.outcome.value,
        )
    )


async def _made_ready(
    uow: UnitOfWork, row: CustomTool, values: Mapping[str, Any], caller: Caller
) -> Errand:
    made = Definition.of(row)
    body = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    if len(body) > MOST_BODY:
        raise InvalidInput.at("inputs", f"A request has {MOST_BODY} bytes at most")
    run_id = uow.new_id()
    await _clear(uow, row, made, run_id)
    kept = await _write_down(uow, row, run_id, values, caller)
    return Errand(
        run_id=run_id,
        tool_id=row.id,
        conversation_id=caller.conversation_id,
        made=made,
        headers=await _headers(uow, row.id, run_id),
        body=body,
        kept=kept,
    )


async def _write_down(
    uow: UnitOfWork, row: CustomTool, run_id: UUID, values: Mapping[str, Any], caller: Caller
) -> bool:
    """That it is on its way, before anything leaves; returns whether words may be kept."""
    named = uow.keeps(DataClass.CALLER_IDENTITY)
    traced = uow.keeps(DataClass.CALL_METADATA)
    agreed = caller.situation is None or caller.situation.kept
    kept = agreed and named and uow.keeps(DataClass.INQUIRY)
    contact_id = caller.contact.id if caller.contact and named else None
    conversation_id = caller.conversation_id if traced else None
    await CustomToolRuns(uow).add(
        id=run_id,
        custom_tool_id=row.id,
        conversation_id=conversation_id,
        contact_id=contact_id,
        sealed_under=contact_id or conversation_id or uow.tenant_id,
        outcome=ToolOutcome.STARTED,
        inputs=Sealed.json(dict(values)) if kept else None,
        at=uow.now,
    )
    return kept


async def _contact(uow: UnitOfWork, situation: Situation) -> Contact | None:
    """Who is proven to call, unless they want nothing of theirs to be used."""
    if situation.contact_id is None:
        return None
    try:
        contact = await Contacts(uow).get(situation.contact_id)
    except (NotFound, KeyDestroyed):
        return None
    return contact if contact.restricted_at is None else None


def _holds(condition: Condition, caller: Caller) -> bool:
    """Whether a condition holds at this moment; opening hours were asked for just before."""
    situation = caller.situation
    assert situation is not None
    match condition:
        case Condition.CALLER_PROVEN:
            return caller.contact is not None
        case Condition.CONSENT_GIVEN:
            return situation.kept
        case Condition.IN_WRITING:
            return situation.written
        case Condition.ON_THE_PHONE:
            return not situation.written
        case Condition.WITHIN_HOURS:
            return True


def _discreet(uow: UnitOfWork, values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what the business keeps from systems outside; cards never leave."""
    masked: dict[str, Any] = redact_record(
        dict(values), Destination.WEBHOOK, uow.scope.tenant.privacy
    )
    return masked


async def _clear(uow: UnitOfWork, row: CustomTool, made: Definition, run_id: UUID) -> None:
    """Raise `ToolShut` unless what is known of callers may go there; on record before it does."""
    if not made.data:
        return
    [route] = await judged(uow, [made.recipient])
    if not route.is_allowed:
        raise ToolShut("it lies outside the region")
    cleared = await agreements.clearance(uow, f"tool:{row.id}")
    if not cleared.full:
        raise ToolShut("no agreement covers it")
    agreements.account(uow, cleared, "custom_tool_run", run_id)


async def _headers(uow: UnitOfWork, tool_id: UUID, run_id: UUID) -> dict[str, str]:
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "User-Agent": AGENT,
        # The same at every attempt: whoever has seen it does nothing again.
        "Idempotency-Key": str(run_id),
    }
    secret = await CustomToolSecrets(uow).of(tool_id)
    return headers | ({secret.header: secret.secret.read()} if secret else {})
