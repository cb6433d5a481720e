"""What deeds at the rights desk are answered with."""

from typing import Annotated

import strawberry

from api.graphql.errors import (
    ContactExistsError,
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.privacy_requests import PrivacyChoice, PrivacyRequest
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


@strawberry.type
class OwnRequestOpenPayload:
    """What was asked of the operator."""

    request: PrivacyRequest


OwnRequestOpenResult = Annotated[
    OwnRequestOpenPayload | InvalidInputError | IdempotencyKeyReusedError | RequestInProgressError,
    strawberry.union("OwnRequestOpenResult"),
]


@strawberry.type
class OwnRequestWithdrawPayload:
    """The request as it stands."""

    request: PrivacyRequest


OwnRequestWithdrawResult = Annotated[
    OwnRequestWithdrawPayload | InvalidInputError,
    strawberry.union("OwnRequestWithdrawResult"),
]


@strawberry.type
class PrivacyCodeSendPayload:
    """The request; a code is on its way."""

    request: PrivacyRequest


PrivacyCodeSendResult = Annotated[
    PrivacyCodeSendPayload | RequestClosedError | NoAddressError | TooManyCodesError,
    strawberry.union("PrivacyCodeSendResult"),
]


@strawberry.type
class PrivacyRequestAssignPayload:
    """The request as it stands."""

    request: PrivacyRequest


PrivacyRequestAssignResult = Annotated[
    PrivacyRequestAssignPayload | RequestClosedError,
    strawberry.union("PrivacyRequestAssignResult"),
]


@strawberry.type
class PrivacyRequestConfirmPayload:
    """The request as it stands."""

    request: PrivacyRequest


PrivacyRequestConfirmResult = Annotated[
    PrivacyRequestConfirmPayload | RequestClosedError,
    strawberry.union("PrivacyRequestConfirmResult"),
]


@strawberry.type
class PrivacyRequestExtendPayload:
    """The request with more time."""

    request: PrivacyRequest


PrivacyRequestExtendResult = Annotated[
    PrivacyRequestExtendPayload | RequestClosedError | NotExtendableError | InvalidInputError,
    strawberry.union("PrivacyRequestExtendResult"),
]


@strawberry.type
class PrivacyRequestFulfilPayload:
    """The request; what takes time is under way."""

    request: PrivacyRequest


PrivacyRequestFulfilResult = Annotated[
    PrivacyRequestFulfilPayload
    | RequestClosedError
    | NotVerifiedError
    | NobodyOnFileError
    | ArchiveRunningError
    | ContactExistsError
    | InvalidInputError,
    strawberry.union("PrivacyRequestFulfilResult"),
]


@strawberry.type
class PrivacyRequestNameContactPayload:
    """The request as it stands."""

    request: PrivacyRequest


PrivacyRequestNameContactResult = Annotated[
    PrivacyRequestNameContactPayload | RequestClosedError,
    strawberry.union("PrivacyRequestNameContactResult"),
]


@strawberry.type
class PrivacyRequestOpenPayload:
    """What was taken down."""

    request: PrivacyRequest


PrivacyRequestOpenResult = Annotated[
    PrivacyRequestOpenPayload
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("PrivacyRequestOpenResult"),
]


@strawberry.type
class PrivacyRequestProvePayload:
    """The request, whose asker is who they say."""

    request: PrivacyRequest


PrivacyRequestProveResult = Annotated[
    PrivacyRequestProvePayload | VerificationRefusedError,
    strawberry.union("PrivacyRequestProveResult"),
]


@strawberry.type
class PrivacyRequestRefusePayload:
    """The request as it ended."""

    request: PrivacyRequest


PrivacyRequestRefuseResult = Annotated[
    PrivacyRequestRefusePayload | RequestClosedError | InvalidInputError,
    strawberry.union("PrivacyRequestRefuseResult"),
]


@strawberry.type
class PrivacyRequestVouchPayload:
    """The request, whose asker somebody knows."""

    request: PrivacyRequest


PrivacyRequestVouchResult = Annotated[
    PrivacyRequestVouchPayload | RequestClosedError,
    strawberry.union("PrivacyRequestVouchResult"),
]


@strawberry.type
class PrivacyRequestWithdrawPayload:
    """The request as it stands."""

    request: PrivacyRequest


PrivacyRequestWithdrawResult = Annotated[
    PrivacyRequestWithdrawPayload | InvalidInputError,
    strawberry.union("PrivacyRequestWithdrawResult"),
]


@strawberry.type
class PrivacyCodeSpeakPayload:
    """A code to be told, digit by digit, to whoever answers that number."""

    request: PrivacyRequest
    number: str
    code: str


PrivacyCodeSpeakResult = Annotated[
    PrivacyCodeSpeakPayload | RequestClosedError | NoAddressError | TooManyCodesError,
    strawberry.union("PrivacyCodeSpeakResult"),
]


@strawberry.type
class PrivacyChoiceEndPayload:
    """The choice as it stands."""

    choice: PrivacyChoice


PrivacyChoiceEndResult = Annotated[
    PrivacyChoiceEndPayload, strawberry.union("PrivacyChoiceEndResult")
]
