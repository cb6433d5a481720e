"""Proving who asks, with a code that goes to the address on file, and never more than that.

A code is made when it is sent, and what is kept of it is keyed: six digits could be guessed from
a plain hash. A wrong code is counted and on record; the answer is the same whatever is wrong.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from domain.rights import desk
from domain.rights.errors import NoAddress, TooManyCodes
from domain.rights.events import CodeRequested, RequestVerified
from domain.rights.kinds import UNVERIFIED, Means, RequestState
from domain.rights.models import PrivacyRequest, VerificationCode
from domain.rights.repository import PrivacyRequests, VerificationCodes
from domain.trail import Trace, TraceOutcome
from domain.work import UnitOfWork

LASTS = timedelta(minutes=30)
# A letter may lie for a while before it is read.
LETTER_LASTS = timedelta(hours=24)
DIGITS = 6
# Of a million codes, over all codes of a request: one chance in forty thousand.
MOST_ATTEMPTS = 5
MOST_CODES = 5
INDEX = "verification_code.code"
REFUSED = "privacy_request.proof_refused"


@dataclass(frozen=True)
class Spoken:
    """A code to be told on a call to the number on file, digit by digit."""

    number: str
    code: str


async def send(uow: UnitOfWork, request: PrivacyRequest, means: Means) -> VerificationCode:
    """Have a code sent to the address on file, in place of earlier ones.

    Raises `NoAddress` and `TooManyCodes`.
    """
    if (request.email if means is Means.EMAIL else request.phone) is None:
        raise NoAddress
    codes = VerificationCodes(uow)
    sent = await codes.of(request.id).count()
    if sent >= MOST_CODES:
        raise TooManyCodes("Enough codes were sent for this request", limit=MOST_CODES, used=sent)
    await codes.of(request.id).filter(used_at=None).update(used_at=uow.now)
    code = await codes.add(
        request_id=request.id,
        means=means,
        created_at=uow.now,
        expires_at=uow.now + (LETTER_LASTS if means is Means.EMAIL else LASTS),
    )
    await PrivacyRequests(uow).save(request, state=RequestState.VERIFYING)
    uow.record(CodeRequested(privacy_request_id=request.id, code_id=code.id, means=means.value))
    return code


async def speak(uow: UnitOfWork, id: UUID) -> Spoken:
    """A code that a member of staff tells whoever answers the number on file.

    Raises `NoAddress`, `TooManyCodes` and `RequestClosed`.
    """
    request = await desk.taken_up(uow, id)
    code = await send(uow, request, Means.SPOKEN)
    assert request.phone is not None
    return Spoken(request.phone.read(), await written(uow, code))


async def send_again(uow: UnitOfWork, id: UUID) -> PrivacyRequest:
    """Have another code sent by e-mail. Raises `NoAddress`, `TooManyCodes` and `RequestClosed`."""
    request = await desk.taken_up(uow, id)
    await send(uow, request, Means.EMAIL)
    return request


async def written(uow: UnitOfWork, code: VerificationCode) -> str:
    """Make the digits of a code; those made for it before work no more."""
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    await VerificationCodes(uow).save(code, code_hash=await _kept(uow, code.id, digits))
    return digits


async def prove(uow: UnitOfWork, request_id: UUID, digits: str) -> bool:
    """Whether a code proves who asks; then the request is open. A wrong one is counted.

    It does not raise, for what it counts must be kept: whoever asks it refuses afterwards.
    """
    uow.require(desk.ASK)
    requests, codes = PrivacyRequests(uow), VerificationCodes(uow)
    request = await requests.maybe(requests.all().filter(id=request_id).select_for_update())
    code = await codes.maybe(codes.of(request_id).filter(used_at=None).select_for_update())
    # Whether there is such a request is not to be told from the time it takes either.
    kept = await _kept(uow, code.id if code else request_id, digits.strip())
    if request is None or code is None or not await _fits(uow, code, kept):
        about = request_id if request else None
        uow.trace(Trace(REFUSED, "privacy_request", about, outcome=TraceOutcome.REFUSED))
        return False
    await codes.save(code, used_at=uow.now)
    if request.state in UNVERIFIED:
        await accept(uow, request, code.means)
    return True


async def vouch(uow: UnitOfWork, id: UUID) -> PrivacyRequest:
    """Say that one knows who asks; it is on record who said so."""
    request = await desk.taken_up(uow, id)
    if request.state in UNVERIFIED:
        await accept(uow, request, Means.IN_PERSON)
    return request


async def accept(uow: UnitOfWork, request: PrivacyRequest, means: Means) -> PrivacyRequest:
    """Open a request whose asker has proved who they are."""
    proved = {"verified_at": uow.now, "verified_by": means}
    opened = await PrivacyRequests(uow).save(request, state=RequestState.OPEN, **proved)
    uow.record(RequestVerified(privacy_request_id=request.id, means=means.value))
    return opened


async def _fits(uow: UnitOfWork, code: VerificationCode, kept: str) -> bool:
    """Count an attempt, and say whether it was right and in time."""
    tried = code.attempts
    await VerificationCodes(uow).save(code, attempts=tried + 1)
    in_time = tried < MOST_ATTEMPTS and uow.now < code.expires_at
    right = hmac.compare_digest(kept, code.code_hash or "")
    return right and in_time


async def _kept(uow: UnitOfWork, code_id: UUID, digits: str) -> str:
    return await uow.keys.blind_index(INDEX, f"{code_id}:{digits}")
