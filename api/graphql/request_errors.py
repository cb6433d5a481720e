"""Failures at the rights desk and around archives, as members of result unions."""

import strawberry

from api.graphql.mirrors import Mirror
from domain.archives.errors import ArchiveNotReady, ArchiveRunning
from domain.rights.errors import (
    NoAddress,
    NobodyOnFile,
    NotExtendable,
    NotVerified,
    RequestClosed,
    TooManyCodes,
    VerificationRefused,
)
from plugins.graphql_kit import UserError


@strawberry.type
class RequestClosedError(UserError):
    """The request was fulfilled, refused or withdrawn."""

    state: str


@strawberry.type
class NotVerifiedError(UserError):
    """Nobody has proved yet that they are who they say."""


@strawberry.type
class VerificationRefusedError(UserError):
    """The code is not valid, or not any more."""


@strawberry.type
class TooManyCodesError(UserError):
    """As many codes as can be were sent for this request."""

    limit: int
    used: int


@strawberry.type
class NotExtendableError(UserError):
    """No more time can be taken."""


@strawberry.type
class NobodyOnFileError(UserError):
    """It is not known whose data is meant."""


@strawberry.type
class NoAddressError(UserError):
    """There is no such address on file."""


@strawberry.type
class ArchiveRunningError(UserError):
    """That is being packed already."""


@strawberry.type
class ArchiveNotReadyError(UserError):
    """There is nothing to take yet, or nothing any more."""

    state: str


HANDLERS = [
    Mirror(RequestClosed, RequestClosedError),
    Mirror(NotVerified, NotVerifiedError),
    Mirror(VerificationRefused, VerificationRefusedError),
    Mirror(TooManyCodes, TooManyCodesError),
    Mirror(NotExtendable, NotExtendableError),
    Mirror(NobodyOnFile, NobodyOnFileError),
    Mirror(NoAddress, NoAddressError),
    Mirror(ArchiveRunning, ArchiveRunningError),
    Mirror(ArchiveNotReady, ArchiveNotReadyError),
]
