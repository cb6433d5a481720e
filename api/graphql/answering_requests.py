"""Deeds at the rights desk: asking, proving, deciding."""

import strawberry

from api.graphql.context import Info
from api.graphql.enums import PrivacyRequestIntake
from api.graphql.ids import read_id
from api.graphql.privacy_requests import ASK, WRITE, PrivacyChoice, PrivacyRequest
from api.graphql.request_errors import VerificationRefusedError
from api.graphql.request_inputs import (
    OwnRequestOpenInput,
    OwnRequestWithdrawInput,
    PrivacyChoiceEndInput,
    PrivacyCodeSendInput,
    PrivacyCodeSpeakInput,
    PrivacyRequestAssignInput,
    PrivacyRequestConfirmInput,
    PrivacyRequestExtendInput,
    PrivacyRequestFulfilInput,
    PrivacyRequestNameContactInput,
    PrivacyRequestOpenInput,
    PrivacyRequestProveInput,
    PrivacyRequestRefuseInput,
    PrivacyRequestVouchInput,
    PrivacyRequestWithdrawInput,
)
from api.graphql.request_results import (
    OwnRequestOpenPayload,
    OwnRequestOpenResult,
    OwnRequestWithdrawPayload,
    OwnRequestWithdrawResult,
    PrivacyChoiceEndPayload,
    PrivacyChoiceEndResult,
    PrivacyCodeSendPayload,
    PrivacyCodeSendResult,
    PrivacyCodeSpeakPayload,
    PrivacyCodeSpeakResult,
    PrivacyRequestAssignPayload,
    PrivacyRequestAssignResult,
    PrivacyRequestConfirmPayload,
    PrivacyRequestConfirmResult,
    PrivacyRequestExtendPayload,
    PrivacyRequestExtendResult,
    PrivacyRequestFulfilPayload,
    PrivacyRequestFulfilResult,
    PrivacyRequestNameContactPayload,
    PrivacyRequestNameContactResult,
    PrivacyRequestOpenPayload,
    PrivacyRequestOpenResult,
    PrivacyRequestProvePayload,
    PrivacyRequestProveResult,
    PrivacyRequestRefusePayload,
    PrivacyRequestRefuseResult,
    PrivacyRequestVouchPayload,
    PrivacyRequestVouchResult,
    PrivacyRequestWithdrawPayload,
    PrivacyRequestWithdrawResult,
)
from domain import rights
from domain.contacts.service import Details
from domain.rights import choices
from domain.rights.errors import VerificationRefused
from domain.rights.repository import PrivacyRequests
from domain.scope import ActorKind
from plugins.graphql_kit import InUnitOfWork, Needs, once
from tenants.rights import account, staff


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
        return PrivacyRequestOpenPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("account:write")])
    async def own_request_open(
        self, info: Info, input: OwnRequestOpenInput
    ) -> OwnRequestOpenResult:
        """Ask the operator about one's own account."""
        uow = info.context.uow
        asked = rights.Asked(
            input.kind, PrivacyRequestIntake.PORTAL, words=input.words, place=input.place
        )
        row = await once(info, input, PrivacyRequests, lambda: account.ask(uow, asked))
        return OwnRequestOpenPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("account:write")])
    async def own_request_withdraw(
        self, info: Info, input: OwnRequestWithdrawInput
    ) -> OwnRequestWithdrawResult:
        """Let one's own request be."""
        row = await rights.withdraw_own(info.context.uow, read_id("PrivacyRequest", input.id))
        return OwnRequestWithdrawPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_code_send(
        self, info: Info, input: PrivacyCodeSendInput
    ) -> PrivacyCodeSendResult:
        """Send another code to the address on file."""
        row = await rights.send_again(info.context.uow, read_id("PrivacyRequest", input.id))
        return PrivacyCodeSendPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_code_speak(
        self, info: Info, input: PrivacyCodeSpeakInput
    ) -> PrivacyCodeSpeakResult:
        """Make a code to be told on a call to the number on file."""
        uow, id = info.context.uow, read_id("PrivacyRequest", input.id)
        spoken = await rights.speak(uow, id)
        row = await PrivacyRequests(uow).get(id)
        request = PrivacyRequest.of(row)
        return PrivacyCodeSpeakPayload(request=request, number=spoken.number, code=spoken.code)

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
        return PrivacyRequestProvePayload(
            request=PrivacyRequest.of(await PrivacyRequests(uow).get(id))
        )


@strawberry.type
class AnsweringMutations:
    """Deciding about requests."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_assign(
        self, info: Info, input: PrivacyRequestAssignInput
    ) -> PrivacyRequestAssignResult:
        """Say who looks after a request."""
        member_id = read_id("Member", input.member_id) if input.member_id else None
        id = read_id("PrivacyRequest", input.id)
        row = await staff.assign(info.context.uow, id, member_id)
        return PrivacyRequestAssignPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_confirm(
        self, info: Info, input: PrivacyRequestConfirmInput
    ) -> PrivacyRequestConfirmResult:
        """Say that whoever asked was told that it has arrived."""
        row = await rights.confirm(info.context.uow, read_id("PrivacyRequest", input.id))
        return PrivacyRequestConfirmPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_vouch(
        self, info: Info, input: PrivacyRequestVouchInput
    ) -> PrivacyRequestVouchResult:
        """Say that one knows who asks; it is on record who said so."""
        row = await rights.vouch(info.context.uow, read_id("PrivacyRequest", input.id))
        return PrivacyRequestVouchPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_name_contact(
        self, info: Info, input: PrivacyRequestNameContactInput
    ) -> PrivacyRequestNameContactResult:
        """Say whose data it is about, where neither number nor address told."""
        id, contact_id = read_id("PrivacyRequest", input.id), read_id("Contact", input.contact_id)
        row = await rights.name_contact(info.context.uow, id, contact_id)
        return PrivacyRequestNameContactPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_extend(
        self, info: Info, input: PrivacyRequestExtendInput
    ) -> PrivacyRequestExtendResult:
        """Take the further time that the law allows, and tell whoever asked why."""
        id = read_id("PrivacyRequest", input.id)
        row = await staff.extend(info.context.uow, id, input.reason)
        return PrivacyRequestExtendPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_refuse(
        self, info: Info, input: PrivacyRequestRefuseInput
    ) -> PrivacyRequestRefuseResult:
        """Do not do it, and tell whoever asked why, and where to complain."""
        id = read_id("PrivacyRequest", input.id)
        row = await rights.refuse(info.context.uow, id, input.reason, input.words)
        return PrivacyRequestRefusePayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_fulfil(
        self, info: Info, input: PrivacyRequestFulfilInput
    ) -> PrivacyRequestFulfilResult:
        """Have it done; what takes time stays open until it is."""
        id = read_id("PrivacyRequest", input.id)
        row = await rights.fulfil(info.context.uow, id, input.answer)
        return PrivacyRequestFulfilPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_request_withdraw(
        self, info: Info, input: PrivacyRequestWithdrawInput
    ) -> PrivacyRequestWithdrawResult:
        """Let a request be: whoever asked does not want it any more."""
        row = await rights.withdraw(info.context.uow, read_id("PrivacyRequest", input.id))
        return PrivacyRequestWithdrawPayload(request=PrivacyRequest.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def privacy_choice_end(
        self, info: Info, input: PrivacyChoiceEndInput
    ) -> PrivacyChoiceEndResult:
        """Write down that a person has changed their mind, as they said themselves."""
        row = await choices.end(info.context.uow, read_id("PrivacyChoice", input.id))
        return PrivacyChoiceEndPayload(choice=PrivacyChoice.of(row))
