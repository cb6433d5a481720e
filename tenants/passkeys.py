"""Passkeys (WebAuthn level 2): a challenge that belongs to one session, signed by a device.

What a device signs is checked by `webauthn`: challenge, origin, relying party, presence, counter.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import webauthn
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorAttachment,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from domain.errors import InvalidInput
from domain.words import fitting
from domain.work import UnitOfWork
from tenants.errors import TooManyPasskeys
from tenants.models import Passkey, Session, User
from tenants.repository import Passkeys, Sessions

CHALLENGE_LASTS = timedelta(minutes=5)
LONGEST_NAME = 60
MOST = 20
# A passkey stands for a second factor, so the device asks who is there where it can.
ASK_WHO = UserVerificationRequirement.PREFERRED
ATTACHED = {
    None: None,
    True: AuthenticatorAttachment.PLATFORM,
    False: AuthenticatorAttachment.CROSS_PLATFORM,
}

Credential = dict[str, Any]
"""What a browser returns, as JSON."""


@dataclass(frozen=True)
class RelyingParty:
    """For whom a passkey is made: `id` is a host name, `origin` the address of our pages."""

    id: str
    origin: str
    name: str = "Deskbell"


async def begin(
    uow: UnitOfWork,
    session: Session,
    user: User,
    party: RelyingParty,
    *,
    this_device: bool | None = None,
) -> Any:
    """What `navigator.credentials.create` wants, as JSON. Raises `TooManyPasskeys`."""
    known = await _of(uow, user.id)
    if len(known) >= MOST:
        raise TooManyPasskeys(limit=MOST, used=len(known))
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=user.id.bytes,
        user_name=user.email,
        user_display_name=user.name,
        exclude_credentials=[PublicKeyCredentialDescriptor(key.credential_id) for key in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            authenticator_attachment=ATTACHED[this_device],
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=ASK_WHO,
        ),
    )
    await _challenge(uow, session, options.challenge)
    return json.loads(webauthn.options_to_json(options))


async def finish(
    uow: UnitOfWork, session: Session, party: RelyingParty, credential: Credential, name: str
) -> Passkey:
    """Keep a new passkey. Raises `InvalidInput` if it does not answer our challenge."""
    name = fitting("name", name, LONGEST_NAME)
    challenge = await _spend(uow, session)
    refusal = InvalidInput.at("credential", "This passkey does not answer our question", "REFUSED")
    if challenge is None:
        raise refusal
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
        )
    except MALFORMED as wrong:
        raise refusal from wrong
    keys = Passkeys(uow)
    async with keys.refusing(passkey_credential_key=refusal):
        return await keys.add(
            session.user_id,
            name=name,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
        )


async def ask(uow: UnitOfWork, session: Session, party: RelyingParty) -> Any:
    """What `navigator.credentials.get` wants, as JSON; None if there is no passkey."""
    known = await _of(uow, session.user_id)
    if not known:
        return None
    options = webauthn.generate_authentication_options(
        rp_id=party.id,
        allow_credentials=[PublicKeyCredentialDescriptor(key.credential_id) for key in known],
        user_verification=ASK_WHO,
    )
    await _challenge(uow, session, options.challenge)
    return json.loads(webauthn.options_to_json(options))


async def check(
    uow: UnitOfWork, session: Session, party: RelyingParty, credential: Credential
) -> bool:
    """Whether one of the person's passkeys answered the challenge of this session."""
    challenge = await _spend(uow, session)
    key = await _key(uow, session.user_id, credential)
    if challenge is None or key is None:
        return False
    try:
        answered = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
        )
    except MALFORMED:
        return False
    await Passkeys(uow).save(key, sign_count=answered.new_sign_count, used_at=uow.now)
    return True


# Their library raises its own errors for what it expects, and Python's for what it does not.
MALFORMED = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError)


async def _of(uow: UnitOfWork, user_id: UUID) -> list[Passkey]:
    keys = Passkeys(uow)
    return await keys.page(keys.of(user_id).order_by("created_at", "id"))


async def _key(uow: UnitOfWork, user_id: UUID, credential: Credential) -> Passkey | None:
    try:
        wanted = base64url_to_bytes(credential["id"])
    except MALFORMED:
        return None
    keys = Passkeys(uow)
    # Locked: of two answers with one counter only the first is good.
    return await keys.maybe(keys.of(user_id).filter(credential_id=wanted).select_for_update())


async def _challenge(uow: UnitOfWork, session: Session, challenge: bytes) -> None:
    until = uow.now + CHALLENGE_LASTS
    await Sessions(uow).save(session, challenge=challenge, challenge_until=until)


async def _spend(uow: UnitOfWork, session: Session) -> bytes | None:
    """The challenge of a session, which is asked once; None if there is none that holds."""
    challenge, until = session.challenge, session.challenge_until
    await Sessions(uow).save(session, challenge=None, challenge_until=None)
    return challenge if until is not None and uow.now <= until else None
