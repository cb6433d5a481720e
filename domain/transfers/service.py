"""Putting a caller through, step by step."""

from typing import Any
from uuid import UUID

from domain import conversations
from domain.calls.repository import Calls
from domain.sealed import Sealed
from domain.transfers import rules
from domain.transfers.errors import TransferUnderWay
from domain.transfers.events import TransferAdvanced, TransferRequested
from domain.transfers.models import Transfer, TransferState
from domain.transfers.repository import Transfers, TransferTargets
from domain.transfers.rules import News
from domain.work import UnitOfWork


async def request(uow: UnitOfWork, call_id: UUID, target_id: UUID, *, reason: str = "") -> Transfer:
    """Begin to put a caller through; `reason` is what the target will be told.

    Raises `TransferUnderWay` and `NotFound`.
    """
    uow.require("transfers:write")
    # Holding the call keeps two requests for it from passing each other.
    call = await Calls(uow).lock(call_id)
    conversations.only_own(uow, call.conversation_id)
    target = await TransferTargets(uow).get(target_id)
    transfers = Transfers(uow)
    if await transfers.is_under_way(call_id):
        raise TransferUnderWay
    transfer = await transfers.add(
        call_id=call_id,
        conversation_id=call.conversation_id,
        target_id=target.id,
        state=TransferState.REQUESTED,
        reason=Sealed.text(reason) if reason else None,
        requested_at=uow.now,
    )
    uow.record(TransferRequested(**_about(transfer), target_id=target.id))
    return transfer


async def advance(uow: UnitOfWork, id: UUID, state: TransferState) -> Transfer:
    """Say how far it has come; the same twice changes nothing. Raises `TransferOutOfOrder`."""
    uow.require("transfers:write")
    transfers = Transfers(uow)
    transfer = await transfers.lock(id)
    conversations.only_own(uow, transfer.conversation_id)
    if transfer.state is state:
        return transfer
    rules.check_step(transfer.state, state)
    return await _step(uow, transfer, state)


async def hear(uow: UnitOfWork, id: UUID, news: News) -> Transfer:
    """Follow what the carrier reports, in whatever order it arrives and however often."""
    uow.require("calls:answer")
    transfer = await Transfers(uow).lock(id)
    for state in rules.steps(transfer.state, news):
        await _step(uow, transfer, state)
    return transfer


async def end_all(uow: UnitOfWork, call_id: UUID) -> None:
    """The call is over, and with it every transfer that is still under way."""
    uow.require("calls:answer")
    transfers = Transfers(uow)
    left = transfers.all().filter(call_id=call_id, state__in=rules.UNDER_WAY)
    for transfer in await transfers.page(left.order_by("id").select_for_update()):
        await _step(uow, transfer, TransferState.ENDED)


async def _step(uow: UnitOfWork, transfer: Transfer, state: TransferState) -> Transfer:
    changes: dict[str, Any] = {"state": state}
    if rules.settles(transfer.state, state):
        changes["settled_at"] = uow.now
    if state is TransferState.BRIDGED:
        changes["bridged_at"] = uow.now
    if state is TransferState.ENDED:
        changes["ended_at"] = uow.now
    await Transfers(uow).save(transfer, **changes)
    uow.record(TransferAdvanced(**_about(transfer), state=state.value))
    return transfer


def _about(transfer: Transfer) -> dict[str, Any]:
    return {
        "transfer_id": transfer.id,
        "call_id": transfer.call_id,
        "conversation_id": transfer.conversation_id,
    }
