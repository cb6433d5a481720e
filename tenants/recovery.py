"""Recovery codes: ten words for a lost second factor, each good once."""

import base64
import hashlib
import os
from uuid import UUID

from domain.work import UnitOfWork
from tenants.repository import RecoveryCodes

HOW_MANY = 10
# 120 bits: too many to try even with the database at hand, so a fast hash is enough.
BYTES = 15
GROUP = 4


async def renew(uow: UnitOfWork, user_id: UUID) -> list[str]:
    """Make new codes; the old ones are worth nothing any more."""
    codes = RecoveryCodes(uow)
    await codes.of(user_id).delete()
    made = [_new() for _ in range(HOW_MANY)]
    for code in made:
        await codes.add(user_id, code_hash=hashed(code))
    return made


async def use(uow: UnitOfWork, user_id: UUID, code: str) -> bool:
    """Whether this is an unused code; it is used now."""
    codes = RecoveryCodes(uow)
    wanted = codes.of(user_id).filter(code_hash=hashed(code), used_at=None)
    found = await codes.maybe(wanted.select_for_update())
    if found is None:
        return False
    await codes.save(found, used_at=uow.now)
    return True


async def left(uow: UnitOfWork, user_id: UUID) -> int:
    """How many codes have not been used."""
    return await RecoveryCodes(uow).of(user_id).filter(used_at=None).count()


def hashed(code: str) -> str:
    """The hash of a code, however it was typed."""
    plain = "".join(code.lower().split()).replace("-", "")
    return hashlib.sha256(plain.encode()).hexdigest()


def _new() -> str:
    plain = base64.b32encode(os.urandom(BYTES)).decode().lower()
    return "-".join(plain[at : at + GROUP] for at in range(0, len(plain), GROUP))
