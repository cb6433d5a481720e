"""Customer files elsewhere (CRMs): what goes into their fields, and how far they are filled."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.customer_file_errors import (
    CustomerFileRefusedError,
    NeedsConsentError,
    NotConnectedError,
)
from api.graphql.enums import CustomerFileFilling
from api.graphql.errors import InvalidInputError, JustInstalledError, PluginNotEnabledError
from api.graphql.plugin_deeds import equipment
from domain.crm import files, models
from domain.crm.ports import FieldThere
from domain.errors import InvalidInput
from plugins.crm_hints import PATH
from plugins.crm_mapping import Mapper, mapping_of, shown
from plugins.graphql_kit import Needs

READ, WRITE = files.READ, files.WRITE


@strawberry.type
class CustomerFileMapping:
    """A field of ours, and the field of contacts there into which it goes."""

    ours: str
    theirs: str
    is_missing: bool = strawberry.field(
        description="Whether that field is not there any more, or takes no words."
    )


@strawberry.type
class CustomerFileField:
    """A field that contacts have there."""

    name: str
    title: str
    type: str = strawberry.field(description="As it is called there.")
    can_be_mapped: bool


@strawberry.type
class CustomerFile:
    """A customer file elsewhere, and how it does."""

    plugin: str
    mapping: list[CustomerFileMapping]
    compared_at: datetime | None = strawberry.field(description="When its fields were looked at.")
    failure: str | None = strawberry.field(description="Why it cannot be looked at, in a word.")
    failing_since: datetime | None
    read_until: datetime | None = strawberry.field(
        description="Changes there up to this moment were read."
    )
    taken_over: int = strawberry.field(description="How many of those were taken over.")
    filling: CustomerFileFilling
    fill_total: int = strawberry.field(description="How many people there were to put on file.")
    fill_done: int
    fill_refused: int = strawberry.field(description="How many it did not take.")
    fills_calls: bool = strawberry.field(description="Whether calls of the past are noted, too.")
    calls_total: int = strawberry.field(description="How many calls there were to note.")
    calls_done: int
    calls_refused: int
    fill_begun_at: datetime | None
    fill_moved_at: datetime | None

    @strawberry.field(extensions=[Needs(READ)])
    def changes_url(self, info: Info) -> str | None:
        """Where the service may tell of changes; none, if it tells of none."""
        routes, links = info.context.registry.routes, info.context.plugin_links
        served = any((each.plugin, each.path) == (self.plugin, PATH) for each in routes)
        if links is None or not served:
            return None
        return links.url(self.plugin, PATH, info.context.scope.tenant_id)

    @classmethod
    def of(cls, row: models.CrmFile, mapping: Mapping[str, str]) -> "CustomerFile":
        """The file of a row."""
        return cls(
            plugin=row.plugin,
            mapping=[
                CustomerFileMapping(ours=ours, theirs=theirs, is_missing=theirs in row.missing)
                for ours, theirs in sorted(mapping.items())
            ],
            compared_at=row.compared_at,
            failure=row.failure or None,
            failing_since=row.failing_since,
            read_until=row.read_until,
            taken_over=row.taken_over,
            filling=row.filling,
            fill_total=row.fill_total,
            fill_done=row.fill_done,
            fill_refused=row.fill_refused,
            fills_calls=row.fill_calls,
            calls_total=row.calls_total,
            calls_done=row.calls_done,
            calls_refused=row.calls_refused,
            fill_begun_at=row.fill_begun_at,
            fill_moved_at=row.fill_moved_at,
        )


@strawberry.type
class CustomerFileFields:
    """A tenant's customer files elsewhere."""

    @strawberry.field(extensions=[Needs(READ)])
    async def customer_files(self, info: Info) -> list[CustomerFile]:
        """The customer files that are switched on, by plugin."""
        found = await shown(await info.context.read(READ), info.context.registry)
        return [CustomerFile.of(row, mapping) for row, mapping in found]


@strawberry.input
class CustomerFileMappingInput:
    """A field of ours (`full_name`, `language`, `source`, `phone`, `email`), and one there."""

    ours: str
    theirs: str


@strawberry.input
class CustomerFileCompareInput:
    """A customer file to be asked for its fields."""

    plugin: str


@strawberry.type
class CustomerFileComparePayload:
    """The fields there, and which of those that are mapped are missing."""

    customer_file: CustomerFile
    fields: list[CustomerFileField]


@strawberry.input
class CustomerFileMapInput:
    """What goes into which field; whatever is left out goes into none."""

    plugin: str
    mapping: list[CustomerFileMappingInput]


@strawberry.type
class CustomerFileMapPayload:
    """The customer file as it is mapped now."""

    customer_file: CustomerFile


@strawberry.input
class CustomerFileFillInput:
    """A customer file into which everybody who is known here is to be put."""

    plugin: str
    calls: bool = strawberry.field(
        default=False, description="Whether calls of the past are to be noted there, too."
    )


@strawberry.type
class CustomerFileFillPayload:
    """The customer file; people are put there one after the other."""

    customer_file: CustomerFile


@strawberry.input
class CustomerFileStopInput:
    """A customer file that is to be filled no further for now."""

    plugin: str


@strawberry.type
class CustomerFileStopPayload:
    """The customer file; filling it again goes on where it was."""

    customer_file: CustomerFile


CustomerFileCompareResult = Annotated[
    CustomerFileComparePayload
    | CustomerFileRefusedError
    | NeedsConsentError
    | NotConnectedError
    | PluginNotEnabledError,
    strawberry.union("CustomerFileCompareResult"),
]
CustomerFileMapResult = Annotated[
    CustomerFileMapPayload
    | CustomerFileRefusedError
    | InvalidInputError
    | JustInstalledError
    | NeedsConsentError
    | NotConnectedError
    | PluginNotEnabledError,
    strawberry.union("CustomerFileMapResult"),
]
CustomerFileFillResult = Annotated[
    CustomerFileFillPayload | PluginNotEnabledError, strawberry.union("CustomerFileFillResult")
]
CustomerFileStopResult = Annotated[
    CustomerFileStopPayload | PluginNotEnabledError, strawberry.union("CustomerFileStopResult")
]


@strawberry.type
class CustomerFileMutations:
    """Deeds around customer files elsewhere."""

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def customer_file_compare(
        self, info: Info, input: CustomerFileCompareInput
    ) -> CustomerFileCompareResult:
        """Ask a customer file which fields it has, and see whether mapped ones are missing."""
        there = await _fields(info, input.plugin)
        mapper = _mapper(info)
        row = await info.context.write(
            lambda: mapper.compared(info.context.uow, input.plugin, there)
        )
        file = CustomerFile.of(row, await _mapping(info, input.plugin))
        return CustomerFileComparePayload(
            customer_file=file,
            fields=[
                CustomerFileField(
                    name=each.name,
                    title=each.title,
                    type=each.type,
                    can_be_mapped=each.is_text and each.writable,
                )
                for each in there
            ],
        )

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def customer_file_map(
        self, info: Info, input: CustomerFileMapInput
    ) -> CustomerFileMapResult:
        """Say what goes into which field; what a missing field had parked is tried again."""
        wanted = {each.ours: each.theirs for each in input.mapping}
        if len(wanted) < len(input.mapping):
            raise InvalidInput.at("mapping", "A field of ours goes into one field there")
        there, mapper = await _fields(info, input.plugin), _mapper(info)
        row = await info.context.write(
            lambda: mapper.map(info.context.uow, input.plugin, wanted, there)
        )
        return CustomerFileMapPayload(customer_file=CustomerFile.of(row, wanted))

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def customer_file_fill(
        self, info: Info, input: CustomerFileFillInput
    ) -> CustomerFileFillResult:
        """Put everybody who is known here on file there; what was stopped goes on."""
        await _admitted(info, input.plugin)
        row = await info.context.write(
            lambda: files.start(info.context.uow, input.plugin, calls=input.calls)
        )
        file = CustomerFile.of(row, await _mapping(info, input.plugin))
        return CustomerFileFillPayload(customer_file=file)

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def customer_file_stop(
        self, info: Info, input: CustomerFileStopInput
    ) -> CustomerFileStopResult:
        """Fill it no further for now."""
        await _admitted(info, input.plugin)
        row = await info.context.write(lambda: files.stop(info.context.uow, input.plugin))
        file = CustomerFile.of(row, await _mapping(info, input.plugin))
        return CustomerFileStopPayload(customer_file=file)


def _mapper(info: Info) -> Mapper:
    return Mapper(info.context.registry, equipment(info))


async def _admitted(info: Info, plugin: str) -> None:
    mapper = _mapper(info)
    await info.context.write(lambda: mapper.admit(info.context.uow, plugin))


async def _fields(info: Info, plugin: str) -> Sequence[FieldThere]:
    """Which fields there are, asked outside of any unit of work."""
    mapper = _mapper(info)
    context = await info.context.write(lambda: mapper.prepare(info.context.uow, plugin))
    return await mapper.fields(context)


async def _mapping(info: Info, plugin: str) -> Mapping[str, str]:
    found: Mapping[str, str] = await info.context.write(
        lambda: mapping_of(info.context.uow, plugin)
    )
    return found
