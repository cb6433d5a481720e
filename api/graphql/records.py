"""What is on record: recipients, contracts, notices, training, demands of authorities."""

from datetime import datetime
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import (
    DataClass,
    DemandBasis,
    DemandStage,
    LegalBasis,
    NoticeKind,
    Purpose,
    RecipientStanding,
    TrainingBar,
    TrainingState,
    TransferBasis,
)
from api.graphql.ids import Node, write_id
from api.graphql.inputs import opened
from api.graphql.pagination import Connection, Listing, Order, Paged
from domain.privacy import processing
from domain.training import models as training_models
from domain.training import service as training
from domain.training.repository import TrainingCandidates, TrainingExports, TrainingKeys
from plugins.graphql_kit import Needs
from plugins.register import Entry, register
from tenants.policy.repository import of_operator
from tenants.records.contracts import models as contract_models
from tenants.records.contracts.repository import DataContracts
from tenants.records.legal import models as legal_models
from tenants.records.legal.repository import LegalProcesses
from tenants.records.notices import models as notice_models
from tenants.records.notices.repository import Notices
from tenants.records.routes import models as route_models

READ, WRITE = training.READ, training.WRITE


@strawberry.type
class RouteAcceptance(Node):
    """That a recipient may keep data outside the region, and why."""

    recipient: str
    country: str
    region: str
    reason: str
    accepted_by: str
    accepted_at: datetime
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, row: route_models.RouteAcceptance) -> "RouteAcceptance":
        """The exception of a row."""
        return cls(
            id=write_id("RouteAcceptance", row.id),
            recipient=row.recipient,
            country=row.country,
            region=row.region,
            reason=row.reason,
            accepted_by=row.accepted_by,
            accepted_at=row.accepted_at,
            withdrawn_at=row.withdrawn_at,
        )


@strawberry.type
class DataRecipient:
    """Somebody to whom data goes."""

    name: str
    service: str
    country: str = strawberry.field(description="ISO 3166; empty if nobody has said.")
    transfer: TransferBasis
    standing: RecipientStanding
    data: list[DataClass]
    purpose: Purpose
    baa: bool = strawberry.field(
        description="Whether there is a business associate agreement with it: the operator's for"
        " its vendors, the business's own for what plugins bring."
    )
    task_only: bool = strawberry.field(description="Whether it is bound to its task.")
    no_training: bool
    source: str = strawberry.field(description="`deployment`, or the plugin that brings it.")
    inside: bool = strawberry.field(description="Whether it lies in the business's region.")
    allowed: bool
    acceptance: RouteAcceptance | None

    @classmethod
    def of(cls, entry: Entry) -> "DataRecipient":
        """The recipient of an entry of the register."""
        known = entry.recipient
        same = ("name", "service", "country", "transfer", "standing", "purpose", "baa")
        more = ("task_only", "no_training")
        return cls(
            **{name: getattr(known, name) for name in (*same, *more)},
            data=sorted(known.data),
            source=entry.source,
            inside=entry.inside,
            allowed=entry.is_allowed,
            acceptance=RouteAcceptance.of(entry.acceptance) if entry.acceptance else None,
        )


@strawberry.type
class KeptFor:
    """For how long one kind of data is kept for a purpose."""

    data_class: DataClass
    words: str


@strawberry.type
class ProcessingActivity:
    """One entry of the record of processing (GDPR, article 30)."""

    purpose: Purpose
    meaning: str
    basis: LegalBasis
    subjects: list[str]
    data: list[DataClass]
    kept: list[KeptFor]
    recipients: list[str]
    abroad: list[str]

    @classmethod
    def of(cls, activity: processing.Activity) -> "ProcessingActivity":
        """The entry of an activity."""
        return cls(
            purpose=activity.purpose,
            meaning=activity.meaning,
            basis=activity.basis,
            subjects=list(activity.subjects),
            data=list(activity.data),
            kept=[KeptFor(data_class=each, words=kept) for each, kept in activity.kept.items()],
            recipients=[each.name for each in activity.recipients],
            abroad=list(activity.abroad),
        )


@strawberry.type
class NamedSubProcessor:
    """A sub-processor as a contract names it."""

    name: str
    service: str
    country: str
    transfer: str


@strawberry.type
class DataContract(Node):
    """A data processing agreement between the business and the operator."""

    version: str
    controller: str
    processor: str
    scope: str
    sub_processors: list[NamedSubProcessor]
    objection_days: int
    signed_by: str
    signed_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, row: contract_models.DataContract) -> "DataContract":
        """The contract of a row."""
        return cls(
            id=write_id("DataContract", row.id),
            version=row.version,
            controller=row.controller,
            processor=row.processor,
            scope=row.scope,
            sub_processors=[NamedSubProcessor(**each) for each in row.sub_processors],
            objection_days=row.objection_days,
            signed_by=row.signed_by,
            signed_at=row.signed_at,
            ended_at=row.ended_at,
        )


@strawberry.type
class Notice(Node):
    """Something that the operator told the business."""

    kind: NoticeKind
    subject: str
    words: str
    announced_at: datetime
    applies_from: datetime | None
    objection_until: datetime | None
    objected_at: datetime | None
    objection: str

    @classmethod
    def of(cls, row: notice_models.Notice) -> "Notice":
        """The notice of a row."""
        return cls(
            id=write_id("Notice", row.id),
            kind=row.kind,
            subject=row.subject,
            words=row.words,
            announced_at=row.announced_at,
            applies_from=row.applies_from,
            objection_until=row.objection_until,
            objected_at=row.objected_at,
            objection=row.objection,
        )


@strawberry.type
class TrainingExport(Node):
    """A file of anonymised conversations that only the business can open."""

    key: strawberry.Private[UUID]
    state: TrainingState
    key_fingerprint: str
    requested_at: datetime
    finished_at: datetime | None
    conversations: int
    bytes: int
    sha256: str

    @classmethod
    def of(cls, row: training_models.TrainingExport) -> "TrainingExport":
        """The export of a row."""
        return cls(
            id=write_id("TrainingExport", row.id),
            key=row.id,
            state=row.state,
            key_fingerprint=row.key_fingerprint,
            requested_at=row.requested_at,
            finished_at=row.finished_at,
            conversations=row.conversations,
            bytes=row.bytes,
            sha256=row.sha256,
        )

    @strawberry.field(extensions=[Needs(training.EXPORT)])
    async def url(self, info: Info) -> str | None:
        """Where whoever asks can download it for a quarter of an hour; null unless it is there."""
        links = info.context.training_links
        await info.context.read(training.EXPORT)
        if links is None or self.state is not TrainingState.FINISHED:
            return None
        return links.url(info.context.scope, self.key)


@strawberry.type
class Training:
    """Whether anything may be learnt from conversations here, and what waits."""

    bars: list[TrainingBar] = strawberry.field(description="What stands in the way; empty: nothing")
    waiting: int
    key_fingerprint: str | None


@strawberry.type
class LegalProcess(Node):
    """A demand of an authority, as far as the business may know of it."""

    basis: DemandBasis
    stage: DemandStage
    authority: str | None
    reference: str | None
    data_kinds: list[DataClass]
    since: datetime
    until: datetime
    received_at: datetime
    decided_at: datetime | None
    decision: str | None
    answered_at: datetime | None
    disclosed: int = strawberry.field(description="How many conversations were handed out.")

    @classmethod
    def of(cls, row: legal_models.LegalProcess) -> "LegalProcess":
        """The demand of a row."""
        same = ("basis", "stage", "since", "until", "received_at", "decided_at", "answered_at")
        return cls(
            **{name: getattr(row, name) for name in (*same, "disclosed")},
            id=write_id("LegalProcess", row.id),
            authority=opened(row.authority),
            reference=opened(row.reference),
            decision=opened(row.decision),
            data_kinds=[DataClass(kind) for kind in row.data_kinds],
        )


@strawberry.type
class RecordFields:
    """What a tenant has on record."""

    @strawberry.field(extensions=[Needs(READ)])
    async def data_recipients(self, info: Info) -> list[DataRecipient]:
        """Everybody to whom data goes: vendors, and what the enabled plugins bring."""
        uow = await info.context.read(READ)
        found = await register(uow, info.context.registry, info.context.vendors)
        return [DataRecipient.of(entry) for entry in found]

    @strawberry.field(extensions=[Needs(READ)])
    async def processing_record(self, info: Info) -> list[ProcessingActivity]:
        """The record of processing (GDPR, article 30), made from what is done."""
        uow, registry = await info.context.read(READ), info.context.registry
        found = await register(uow, registry, info.context.vendors)
        profiles = (uow.scope.tenant.privacy, await of_operator(uow))
        told = [entry.recipient for entry in found]
        activities = processing.record(profiles, registry.purposes, told)
        return [ProcessingActivity.of(each) for each in activities]

    @strawberry.field(graphql_type=Connection[DataContract], extensions=[Paged(), Needs(READ)])
    async def data_contracts(self, info: Info) -> Listing:
        """Contracts on data, the newest in front."""
        repository = DataContracts(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("signed_at"), DataContract.of)

    @strawberry.field(graphql_type=Connection[Notice], extensions=[Paged(), Needs(READ)])
    async def notices(self, info: Info) -> Listing:
        """What the operator told the business, the newest in front."""
        repository = Notices(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("announced_at"), Notice.of)

    @strawberry.field(extensions=[Needs(READ)])
    async def training(self, info: Info) -> Training:
        """Whether conversations may make the receptionist better, and what waits for that."""
        uow = await info.context.read(READ)
        key = await TrainingKeys(uow).current()
        return Training(
            bars=sorted(await training.standing_bars(uow)),
            waiting=await TrainingCandidates(uow).all().count(),
            key_fingerprint=key.fingerprint if key else None,
        )

    @strawberry.field(graphql_type=Connection[TrainingExport], extensions=[Paged(), Needs(READ)])
    async def training_exports(self, info: Info) -> Listing:
        """Files that were written for training, the newest in front."""
        repository = TrainingExports(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("requested_at"), TrainingExport.of)

    @strawberry.field(graphql_type=Connection[LegalProcess], extensions=[Paged(), Needs(READ)])
    async def legal_processes(self, info: Info) -> Listing:
        """Demands of authorities that the business may know of, the newest in front."""
        repository = LegalProcesses(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("received_at"), LegalProcess.of)
