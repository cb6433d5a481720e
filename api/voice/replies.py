"""What the receptionist does on a call, act by act, and what it does when that fails."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import cast

from api.voice.clips import Clip, Phrase
from api.voice.dialogue import Dialogue
from api.voice.exits import Exits
from api.voice.playback import Playback
from api.voice.wire import LineLost
from domain.conversations.acts import Act, Disposition, End, Expects, Say, Transfer
from domain.errors import DomainError

log = logging.getLogger(__name__)

Acts = Callable[[], AsyncIterator[Act]]


class Replies:
    """Performs acts; a failure leads to an apology, then to the model-free floor, then out."""

    __slots__ = (
        "_clip",
        "_dialogue",
        "_exits",
        "_floors",
        "_notice",
        "_playback",
        "_stumbles",
        "_telling",
        "expects",
        "on_announced",
        "on_answer",
        "stalled",
    )

    def __init__(
        self,
        dialogue: Dialogue,
        playback: Playback,
        exits: Exits,
        clip: Callable[[Phrase], Clip],
        notice: Callable[[str], None],
    ) -> None:
        self._dialogue = dialogue
        self._playback = playback
        self._exits = exits
        self._clip = clip
        self._notice = notice
        self._stumbles = 0
        self._floors = 0
        self._telling: asyncio.Task[None] | None = None
        self.expects = Expects.ANYTHING
        self.stalled = False
        """Whether the last turn found no proper answer."""
        self.on_answer: Callable[[], None] = lambda: None
        self.on_announced: Callable[[], None] = lambda: None
        """Told once the caller has heard what must be said before anything is kept."""

    async def attempt(self, acts: Acts) -> None:
        """Perform what the dialogue answers, or recover. Raises only `LineLost`."""
        if await self._perform(acts):
            self._stumbles = 0
            self.stalled = False
        else:
            await self.recover()

    async def prompt(self, acts: Acts) -> None:
        """The same for what the caller did not ask for: it heals nothing. Raises `LineLost`."""
        if not await self._perform(acts):
            await self.recover()

    async def recover(self) -> None:
        """Something failed: apologise, then go on without a model, then hand the caller over."""
        self._stumbles += 1
        self._notice("stumbled")
        if self._stumbles == 1:
            await self.play(Phrase.APOLOGY)
            self.on_answer()
        elif self._stumbles == 2:
            await self.fall_to_floor()
        else:
            await self.give_up()

    async def fall_to_floor(self) -> None:
        """Take a message without any model."""
        self._floors += 1
        self._stumbles = max(self._stumbles, 2)
        self.stalled = True
        self._notice("stalled")
        attempt = self._floors
        if not await self._perform(lambda: self._dialogue.stalled(attempt)):
            await self.give_up()

    async def give_up(self) -> None:
        """Hand the caller to somebody who can speak: the carrier's voicemail, or a phone."""
        self.stalled = True
        await self._exits.rescue(Disposition.STALLED)

    async def play(self, phrase: Phrase) -> None:
        """Play a phrase that was rendered at start-up. Raises `LineLost`."""
        clip = self._clip(phrase)
        await self._playback.play(clip.pcm, text=clip.text)

    def hush(self) -> None:
        """What is being heard now will not be heard to its end."""
        if self._telling is not None:
            self._telling.cancel()

    async def _perform(self, acts: Acts) -> bool:
        """Whether the dialogue did anything, without failing."""
        self.hush()
        self._playback.begin()
        done = False
        try:
            # Closing at once, not whenever memory is reclaimed, lets the dialogue clean up.
            async with aclosing(cast("AsyncGenerator[Act, None]", acts())) as performing:
                async for act in performing:
                    await self._do(act)
                    done = True
                    self.on_answer()
                    if self._exits.left.is_set():
                        break
        except LineLost:
            raise
        except Exception:
            log.exception("a reply failed")
            return False
        self._telling = asyncio.create_task(self._tell_when_heard())
        return done

    async def _tell_when_heard(self) -> None:
        await self._playback.heard()
        try:
            await self._dialogue.heard_out()
        except Exception:
            log.exception("the dialogue could not be told that it was heard out")

    async def _do(self, act: Act) -> None:
        match act:
            case Say(text, interruptible, expects, announces):
                self.expects = expects
                await self._playback.say(text, interruptible=interruptible)
                if announces:
                    await self._playback.drained()
                    self.on_announced()
            case Transfer():
                await self._transfer(act)
            case End():
                await self._playback.drained()
                await self._exits.hang_up(Disposition.COMPLETED)

    async def _transfer(self, transfer: Transfer) -> None:
        await self._playback.say(transfer.announcement, interruptible=False)
        await self._playback.drained()
        try:
            await self._exits.transfer(transfer)
        except DomainError:
            await self.play(Phrase.TRANSFER_FAILED)
            await self.fall_to_floor()
