"""What deeds at the rights desk are told."""

import strawberry

from api.graphql.enums import PrivacyRequestKind, RefusalReason


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
class OwnRequestWithdrawInput:
    """One's own request that is to be let be."""

    id: strawberry.ID


@strawberry.input
class PrivacyCodeSendInput:
    """Whose asker is to be sent another code."""

    id: strawberry.ID


@strawberry.input
class PrivacyCodeSpeakInput:
    """Whose asker is to be told a code."""

    id: strawberry.ID


@strawberry.input
class PrivacyRequestConfirmInput:
    """Whose asker was told that it has arrived."""

    id: strawberry.ID


@strawberry.input
class PrivacyRequestVouchInput:
    """Whose asker somebody knows."""

    id: strawberry.ID


@strawberry.input
class PrivacyRequestWithdrawInput:
    """Which whoever asked does not want any more."""

    id: strawberry.ID


@strawberry.input
class PrivacyChoiceEndInput:
    """A choice that its person has taken back."""

    id: strawberry.ID
