"""Deeds at the rights desk: asking, proving, deciding."""

from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.enums import PrivacyRequestIntake, PrivacyRequestKind, RefusalReason
from api.graphql.errors import (
    ContactExistsError,
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import read_id
from api.graphql.privacy_requests import ASK, WRITE, PrivacyChoice, PrivacyRequest
from api.graphql.request_errors import (
    ArchiveRunningError,
    NoAddressError,
    NobodyOnFileError,
    NotExtendableError,
    NotVerifiedError,
    RequestClosedError,
    TooManyCodesError,
    VerificationRefusedError,
)
from domain import rights
from domain.contacts.service import Details
from domain.rights import choices
from domain.rights.errors import VerificationRefused
from domain.rights.repository import PrivacyRequests
from domain.scope import ActorKind
from plugins.graphql_kit import InUnitOfWork, Needs, once
from tenants.rights import account, staff


@strawberry.input
class PrivacyCorrectionInput:
    """What is to be corrected; what is left out stays."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    language: str | None = None


@strawberry.input
class PrivacyRequestOpenInput:
    """What a caller asks for, and who they are: a contact, or an address they left."""

    kind: PrivacyRequestKind
    contact_id: strawberry.ID | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    words: str = ""
    place: str | None = None
    changes: PrivacyCorrectionInput | None = None
    idempotency_key: str | None = None


@strawberry.input
class OwnRequestOpenInput:
    """What somebody who works here asks of the operator about their account."""

    kind: PrivacyRequestKind
    words: str = ""
    place: str | None = None
    idempotency_key: str | None = None


@strawberry.type
class PrivacyRequestPayload:
    """The request as it stands."""

    request: PrivacyRequest


@strawberry.type
class PrivacyCodePayload:
    """A code to be told, digit by digit, to whoever answers that number."""

    request: PrivacyRequest
    number: str
    code: str


@strawberry.type
class PrivacyChoicePayload:
    """The choice as it stands."""

    choice: PrivacyChoice


@strawberry.input
class PrivacyRequestInput:
    """Which request."""

    id: strawberry.ID


@strawberry.input
class PrivacyRequestAssignInput:
    """Who looks after a request; null for nobody in particular."""

    id: strawberry.ID
    member_id: strawberry.ID | None = None


@strawberry.input
class PrivacyRequestProveInput:
    """The code that whoever asked was sent or told."""

    id: strawberry.ID
    code: str


@strawberry.input
class PrivacyRequestNameContactInput:
    """Whose data a request is about."""

    id: strawberry.ID
    contact_id: strawberry.ID


@strawberry.input
class PrivacyRequestExtendInput:
    """Why it takes longer; whoever asked is told."""

    id: strawberry.ID
    reason: str


@strawberry.input
class PrivacyRequestRefuseInput:
    """Why it is not done; whoever asked is told, and where to complain."""

    id: strawberry.ID
    reason: RefusalReason
    words: str = ""


@strawberry.input
class PrivacyRequestFulfilInput:
    """What to answer beside the deed."""

    id: strawberry.ID
    answer: str = ""


@strawberry.input
class PrivacyChoiceEndInput:
    """A choice that its person has taken back."""

    id: strawberry.ID


PrivacyRequestOpenResult = Annotated[
    PrivacyRequestPayload | InvalidInputError | IdempotencyKeyReusedError | RequestInProgressError,
    strawberry.union("PrivacyRequestOpenResult"),
]
PrivacyRequestResult = Annotated[
    PrivacyRequestPayload | RequestClosedError, strawberry.union("PrivacyRequestResult")
]
PrivacyRequestWithdrawResult = Annotated[
    PrivacyRequestPayload | InvalidInputError, strawberry.union("PrivacyRequestWithdrawResult")
]
PrivacyCodeSendResult = Annotated[
    PrivacyRequestPayload | RequestClosedError | NoAddressError | TooManyCodesError,
    strawberry.union("PrivacyCodeSendResult"),
]
PrivacyCodeSpeakResult = Annotated[
    PrivacyCodePayload | RequestClosedError | NoAddressError | TooManyCodesError,
    strawberry.union("PrivacyCodeSpeakResult"),
]
PrivacyRequestProveResult = Annotated[
    PrivacyRequestPayload | VerificationRefusedError,
    strawberry.union("PrivacyRequestProveResult"),
]
PrivacyRequestExtendResult = Annotated[
    PrivacyRequestPayload | RequestClosedError | NotExtendableError | InvalidInputError,
    strawberry.union("PrivacyRequestExtendResult"),
]
PrivacyRequestRefuseResult = Annotated[
    PrivacyRequestPayload | RequestClosedError | InvalidInputError,
    strawberry.union("PrivacyRequestRefuseResult"),
]
PrivacyRequestFulfilResult = Annotated[
    PrivacyRequestPayload
    | RequestClosedError
    | NotVerifiedError
    | NobodyOnFileError
    | ArchiveRunningError
    | ContactExistsError
    | InvalidInputError,
    strawberry.union("PrivacyRequestFulfilResult"),
]
PrivacyChoiceEndResult = Annotated[PrivacyChoicePayload, strawberry.union("PrivacyChoiceEndResult")]


def _asked(info: Info, input: PrivacyRequestOpenInput) -> rights.Asked:
    person = info.context.scope.actor.kind is ActorKind.MEMBER
    changes = Details(**vars(input.changes)) if input.changes else None
    return rights.Asked(
        kind=input.kind,
        intake=PrivacyRequestIntake.PORTAL if person else PrivacyRequestIntake.API,
        name=input.name,
        email=input.email,
        phone=input.phone,
        words=input.words,
        place=input.place,
        changes=changes,
        contact_id=read_id("Contact", input.contact_id) if input.contact_id else None,
    )


@strawberry.type
class AskingMutations:
    """Asking for what people have a right to, and proving who asks."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(ASK)])
    async def privacy_request_open(
        self, info: Info, input: PrivacyRequestOpenInput
    ) -> PrivacyRequestOpenResult:
        """Take down what a caller asks for; a code goes to the address on file."""
        uow, asked = info.context.uow, _asked(info, input)
        row = await once(info, input, PrivacyRequests, lambda: rights.ask(uow, asked))
        return PrivacyRequestPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("account:write")])
    async def own_request_open(
        self, info: Info, input: OwnRequestOpenInput
    ) -> PrivacyRequestOpenResult:
        """Ask the operator about one's own account."""
        uow = info.context.uow
        asked = rights.Asked(
            input.kind, PrivacyRequestIntake.PORTAL, words=input.words, place=input.place
        )
        row = await once(info, input, PrivacyRequests, lambda: account.ask(uow, asked))
        return PrivacyRequestPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("account:write")])
    async def own_request_withdraw(
        self, info: Info, input: PrivacyRequestInput
    ) -> PrivacyRequestWithdrawResult:
        """Let one's own request be."""
        row = await rights.withdraw(info.context.uow, read_id("PrivacyRequest", input.id))
        return PrivacyRequestPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_code_send(
        self, info: Info, input: PrivacyRequestInput
    ) -> PrivacyCodeSendResult:
        """Send another code to the address on file."""
        row = await rights.send_again(info.context.uow, read_id("PrivacyRequest", input.id))
        return PrivacyRequestPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_code_speak(
        self, info: Info, input: PrivacyRequestInput
    ) -> PrivacyCodeSpeakResult:
        """Make a code to be told on a call to the number on file."""
        uow, id = info.context.uow, read_id("PrivacyRequest", input.id)
        spoken = await rights.speak(uow, id)
        row = await PrivacyRequests(uow).get(id)
        request = PrivacyRequest.of(row)
        return PrivacyCodePayload(request=request, number=spoken.number, code=spoken.code)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(ASK)])
    async def privacy_request_prove(
        self, info: Info, input: PrivacyRequestProveInput
    ) -> PrivacyRequestProveResult:
        """Show the code that whoever asked was sent or told."""
        uow, id = info.context.uow, read_id("PrivacyRequest", input.id)
        if not await rights.prove(uow, id, input.code):
            # Not raised: what was counted and put on record must be kept.
            refused = VerificationRefused()
            return VerificationRefusedError(message=refused.message, code=refused.code, path="code")
        return PrivacyRequestPayload(request=PrivacyRequest.of(await PrivacyRequests(uow).get(id)))


@strawberry.type
class AnsweringMutations:
    """Deciding about requests."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_assign(
        self, info: Info, input: PrivacyRequestAssignInput
    ) -> PrivacyRequestResult:
        """Say who looks after a request."""
        member_id = read_id("Member", input.member_id) if input.member_id else None
        id = read_id("PrivacyRequest", input.id)
        row = await staff.assign(info.context.uow, id, member_id)
        return PrivacyRequestPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_confirm(
        self, info: Info, input: PrivacyRequestInput
    ) -> PrivacyRequestResult:
        """Say that whoever asked was told that it has arrived."""
        row = await rights.confirm(info.context.uow, read_id("PrivacyRequest", input.id))
        return PrivacyRequestPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_vouch(
        self, info: Info, input: PrivacyRequestInput
    ) -> PrivacyRequestResult:
        """Say that one knows who asks; it is on record who said so."""
        row = await rights.vouch(info.context.uow, read_id("PrivacyRequest", input.id))
        return PrivacyRequestPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_name_contact(
        self, info: Info, input: PrivacyRequestNameContactInput
    ) -> PrivacyRequestResult:
        """Say whose data it is about, where neither number nor address told."""
        id, contact_id = read_id("PrivacyRequest", input.id), read_id("Contact", input.contact_id)
        row = await rights.name_contact(info.context.uow, id, contact_id)
        return PrivacyRequestPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_extend(
        self, info: Info, input: PrivacyRequestExtendInput
    ) -> PrivacyRequestExtendResult:
        """Take the further time that the law allows, and tell whoever asked why."""
        id = read_id("PrivacyRequest", input.id)
        row = await staff.extend(info.context.uow, id, input.reason)
        return PrivacyRequestPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_refuse(
        self, info: Info, input: PrivacyRequestRefuseInput
    ) -> PrivacyRequestRefuseResult:
        """Do not do it, and tell whoever asked why, and where to complain."""
        id = read_id("PrivacyRequest", input.id)
        row = await rights.refuse(info.context.uow, id, input.reason, input.words)
        return PrivacyRequestPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_fulfil(
        self, info: Info, input: PrivacyRequestFulfilInput
    ) -> PrivacyRequestFulfilResult:
        """Have it done; what takes time stays open until it is."""
        id = read_id("PrivacyRequest", input.id)
        row = await rights.fulfil(info.context.uow, id, input.answer)
        return PrivacyRequestPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_withdraw(
        self, info: Info, input: PrivacyRequestInput
    ) -> PrivacyRequestWithdrawResult:
        """Let a request be: whoever asked does not want it any more."""
        row = await rights.withdraw(info.context.uow, read_id("PrivacyRequest", input.id))
        return PrivacyRequestPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_choice_end(
        self, info: Info, input: PrivacyChoiceEndInput
    ) -> PrivacyChoiceEndResult:
        """Write down that a person has changed their mind, as they said themselves."""
        row = await choices.end(info.context.uow, read_id("PrivacyChoice", input.id))
        return PrivacyChoicePayload(choice=PrivacyChoice.of(row))
