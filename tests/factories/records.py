"""One of everything that a tenant has on record."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from domain.outreach import agreements, outbound
from domain.outreach.agreements.models import Form, Route
from domain.outreach.agreements.repository import OutreachPermits
from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from domain.privacy.recipients import Recipient, TransferBasis
from domain.scope import Actor, ActorKind
from domain.training import service as training
from domain.training.models import TrainingState
from domain.training.repository import TrainingCandidates, TrainingExports
from domain.work import UnitOfWork
from tenants.records import contracts, legal, marketing, notices, routes
from tenants.records.legal.models import LegalBasis
from tenants.records.notices.models import NoticeKind
from tenants.records.notices.repository import NoticeLetters
from tenants.records.policies.models import Manner
from tenants.records.policies.repository import PolicyAcceptances, PolicyEditions
from tests.factories.callers import Caller
from tests.fakes.key_holder import KeyHolder


async def own_records(uow: UnitOfWork, caller: Caller, mark: str) -> dict[str, UUID]:
    """One row of every kind of record; `mark` is in all the words of it."""
    new = contracts.NewContract("1", mark, mark, mark)
    contract = await contracts.conclude(uow, new, [])
    campaign = notices.Announcement(uow.new_id(), NoticeKind.SUB_PROCESSOR_CHANGE, mark, mark)
    notice = await notices.announce(uow, campaign)
    vendor = Recipient(
        mark, mark, frozenset({DataClass.LOG}), Purpose.MONITORING, "US", TransferBasis.NOT_NEEDED
    )
    acceptance = await routes.accept(uow, [vendor], mark, mark)
    await training.name_key(uow, KeyHolder.new().public)
    await _kept(uow, caller, notice.id, mark)
    export = await TrainingExports(uow).add(
        state=TrainingState.FINISHED, key_fingerprint="1", requested_by=mark, requested_at=uow.now
    )
    wanted = outbound.Wanted(caller.contact_id, Route.TEXT, Purpose.SCHEDULING, mark)
    return {
        "DataContract": contract.id,
        "Outbound": (await outbound.ask(uow, wanted)).id,
        "LegalProcess": await _demand(uow, caller, mark),
        "Notice": notice.id,
        "RouteAcceptance": acceptance.id,
        "TrainingExport": export.id,
    }


async def _kept(uow: UnitOfWork, caller: Caller, notice_id: UUID, mark: str) -> None:
    """What is no node, and yet a tenant's."""
    user_id = UUID(uow.scope.actor.id)
    told = {"notice_id": notice_id, "user_id": user_id, "message_id": mark, "sent_at": uow.now}
    await NoticeLetters(uow).add(**told)
    edition = await PolicyEditions(uow).maybe(PolicyEditions(uow).newest())
    accepted = edition.id if edition else uow.new_id()
    await PolicyAcceptances(uow).add(
        edition_id=accepted, user_id=user_id, manner=Manner.EXPRESS, at=uow.now
    )
    await marketing.agree(uow, mark)
    reached = (caller.contact_id, Route.TEXT, Purpose.SCHEDULING)
    agreed = agreements.Answer(*reached, Form.EXPRESS, mark, "1")
    consent = await agreements.agree(uow, agreed)
    await OutreachPermits(uow).add(
        contact_id=caller.contact_id,
        route=Route.TEXT,
        purpose=Purpose.SCHEDULING,
        consent_id=consent.id,
        at=uow.now,
    )
    await TrainingCandidates(uow).add(conversation_id=caller.conversation_id, queued_at=uow.now)


async def _demand(uow: UnitOfWork, caller: Caller, mark: str) -> UUID:
    demand = legal.Demand(
        LegalBasis.SUBPOENA,
        mark,
        mark,
        (caller.contact_id,),
        frozenset({DataClass.CALL_METADATA}),
        uow.now - timedelta(days=1),
        uow.now,
    )
    member, uow.scope = uow.scope, replace(uow.scope, actor=Actor(ActorKind.OPERATOR, mark))
    row = await legal.receive(uow, demand)
    uow.scope = member
    return row.id
