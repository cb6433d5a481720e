"""Letters about accounts. A token is made when its letter is sent, and stored as a hash only.

A letter that is sent again because a delivery was repeated has another token, and the first one
works no more.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.messages.ports import Mail, message_id_of
from domain.privacy.purposes import Purpose
from domain.work import UnitOfWork
from tenants.brand import Brand, dressed, inherited
from tenants.events import LetterRequested
from tenants.models import AccountLetter, LetterPurpose, User
from tenants.repository import AccountLetters, Users
from tenants.tokens import hashed, new_token

# A page of whoever offers one; it sends the token on to `/auth/verify-email` and the like.
ACCOUNT = "/account"
LASTS = {
    LetterPurpose.ALREADY_KNOWN: timedelta(days=1),
    LetterPurpose.RESET_PASSWORD: timedelta(hours=1),
    LetterPurpose.VERIFY_EMAIL: timedelta(days=2),
}


@dataclass(frozen=True)
class Words:
    """What a letter says; `{name}`, `{link}` and `{hours}` are filled in."""

    subject: str
    text: str


WORDS = {
    LetterPurpose.ALREADY_KNOWN: Words(
        "You have an account already",
        "Hello {name},\n\nsomebody, probably you, tried to sign up with this address, which has"
        " an account already. If you have forgotten the password, set another one within"
        " {hours} hours:\n\n{link}\n\nIf it was not you, nothing needs to be done.\n",
    ),
    LetterPurpose.RESET_PASSWORD: Words(
        "Set another password",
        "Hello {name},\n\nsomebody, probably you, asked for another password. It is set here,"
        " within {hours} hours:\n\n{link}\n\nIf it was not you, nothing needs to be done: the"
        " old password stays.\n",
    ),
    LetterPurpose.VERIFY_EMAIL: Words(
        "Confirm your e-mail address",
        "Hello {name},\n\nconfirm this address within {hours} hours, with the password that you"
        " chose:\n\n{link}\n\nIf you have not signed up, nothing needs to be done.\n",
    ),
}


async def request(uow: UnitOfWork, user_id: UUID, purpose: LetterPurpose) -> None:
    """Have a letter written, in place of earlier ones of its kind."""
    letters = AccountLetters(uow)
    older = letters.all().filter(user_id=user_id, purpose=purpose, used_at=None)
    await older.update(used_at=uow.now)
    letter = await letters.add(
        user_id=user_id,
        purpose=purpose,
        created_at=uow.now,
        expires_at=uow.now + LASTS[purpose],
    )
    uow.record(LetterRequested(letter_id=letter.id))


@dataclass(frozen=True)
class AccountLetterWriter:
    """Writes the letters that were asked for; `public_url` has no final slash."""

    public_url: str

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        return ((LetterRequested, self.write_letter),)

    @serves(Purpose.SERVICE_MESSAGES)
    async def write_letter(self, event: LetterRequested, context: HandlerContext) -> None:
        """Make a token, and send it; a letter that was used or is too old is not sent."""
        async with context.unit_of_work() as uow:
            found = await self._ready(uow, event.letter_id)
        if found is None:
            return
        letter, user, token, brand = found
        mail = self._mail(letter, user, token, context.delivery_id)
        await context.mailer.send(dressed(mail, brand))

    async def _ready(
        self, uow: UnitOfWork, letter_id: UUID
    ) -> tuple[AccountLetter, User, str, Brand | None] | None:
        letters = AccountLetters(uow)
        letter = await letters.lock(letter_id)
        if letter.used_at is not None or letter.expires_at <= uow.now:
            return None
        token = new_token()
        await letters.save(letter, token_hash=hashed(token))
        return letter, await Users(uow).get(letter.user_id), token, await inherited(uow)

    def _mail(self, letter: AccountLetter, user: User, token: str, delivery_id: UUID) -> Mail:
        words = WORDS[letter.purpose]
        hours = LASTS[letter.purpose] // timedelta(hours=1)
        # Behind a #, a browser keeps the token from servers and their logs.
        link = f"{self.public_url}{ACCOUNT}#{letter.purpose}={token}"
        text = words.text.format(name=user.name, link=link, hours=hours)
        return Mail((user.email,), words.subject, text, message_id_of(delivery_id))
