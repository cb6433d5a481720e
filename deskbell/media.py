"""The media server: telephone calls, heard and answered in real time."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Mount

from api import health, problems
from api.voice.admission import Machine, Switchboard
from api.voice.clips import render_clips
from api.voice.dependencies import CallControl, VoiceDependencies
from api.voice.dialogue import Call
from api.voice.routes import voice_routes
from api.voice.settings import VoiceSettings
from api.voice.token import CallTokens
from deskbell.bootstrap import Wiring
from deskbell.discretion import AttentiveEars, CardRedactor
from deskbell.front_desk import FrontDesk
from deskbell.phone import PhoneDesk
from domain.encryption import DataKey
from domain.errors import Unavailable
from domain.hunches import encoded
from domain.receptionist.nlu.meaning import embedder
from integrations.local_speech import LocalSpeech, LocalSpeechSettings
from integrations.places import site_of
from integrations.redis_board import BoardInRedis
from integrations.redis_once import SeenOnceInRedis
from integrations.silero_vad import SileroVad
from integrations.vonage.client import VonageCalls
from integrations.vonage.ncco import Ncco
from integrations.vonage.settings import VonageSettings
from integrations.vonage.signature import WebhookSignature

log = logging.getLogger(__name__)


class Draining(Exception):
    """This process takes no more calls."""


class NoCarrier:
    """Without a carrier account, a call ends by closing its websocket, and goes nowhere else."""

    async def hang_up(self, leg: str, *, region_url: str = "") -> None:
        """Raises `Unavailable`."""
        raise Unavailable("No carrier account is set up")

    async def instruct(self, leg: str, ncco: Ncco, *, region_url: str = "") -> None:
        """Raises `Unavailable`."""
        raise Unavailable("No carrier account is set up")


@dataclass(frozen=True)
class MediaApp:
    """The media server's application; what takes time is made when it starts."""

    wiring: Wiring
    switchboard: Switchboard

    @classmethod
    def build(cls, wiring: Wiring, machine: str) -> Self:
        """Make it for one process; `machine` names all that share the places of one."""
        deployment = wiring.deployment
        places = Machine(machine, deployment.settings.voice_max_calls)
        key = DataKey(deployment.secret("waiting-calls"))
        return cls(wiring, Switchboard(BoardInRedis(wiring.redis), places, key))

    @cached_property
    def app(self) -> Starlette:
        """The application, serving health at once and calls as soon as it can hear."""
        app = Starlette(exception_handlers=problems.HANDLERS, lifespan=self._lifespan)
        checks = {"queue": self.wiring.queue_answers, "calls": self._takes_calls}
        app.routes.extend(health.routes(checks))
        return app

    async def _takes_calls(self) -> None:
        """Raise while the last calls end, so that a load balancer sends new ones elsewhere."""
        if self.switchboard.draining:
            raise Draining

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        await self.wiring.connect()
        # Loading what sentences mean takes seconds that no caller should wait for.
        await asyncio.to_thread(load_meaning)
        # Nor should anybody hear nothing while the table of postcodes is unpacked.
        await asyncio.to_thread(site_of, "10001", "US")
        speech = await LocalSpeech.start(self._speech_settings())
        desk = PhoneDesk(self.wiring.unit_of_work, self.wiring.reception, self.wiring.store)
        deps = await self._dependencies(speech, desk)
        app.routes.append(Mount("", routes=voice_routes(deps)))
        spare_the_collector()
        signs_of_life = [
            asyncio.create_task(desk.attend()),
            asyncio.create_task(self.switchboard.vouch()),
        ]
        yield
        for task in signs_of_life:
            task.cancel()
        await speech.close()
        await self.wiring.close()

    async def _dependencies(self, speech: LocalSpeech, desk: PhoneDesk) -> VoiceDependencies:
        wiring, clock = self.wiring, self.wiring.clock
        settings = self._voice_settings()
        seen = SeenOnceInRedis(wiring.redis)
        return VoiceDependencies(
            settings=settings,
            clock=clock,
            ears=AttentiveEars(speech.ears),
            voice=speech.voice,
            vad=SileroVad(),
            lines=desk,
            handling=FrontDesk(wiring.unit_of_work, wiring.reception),
            converse=desk.converse,
            recordings=desk.recordings,
            control=self._control(),
            webhooks=WebhookSignature(webhook_secret(wiring), seen=seen, clock=clock),
            tokens=CallTokens(settings.token_secret.get_secret_value(), seen=seen, clock=clock),
            switchboard=self.switchboard,
            clips=await render_clips(speech.voice, name="default", language="en"),
            redactor=CardRedactor(),
            notice=note,
        )

    def _control(self) -> CallControl:
        settings = self.wiring.deployment.settings
        key = settings.vonage_private_key_file
        if key is None:
            return NoCarrier()
        vonage = VonageSettings(
            application_id=settings.vonage_application_id,
            private_key=SecretStr(key.read_text()),
            signature_secret=settings.vonage_signature_secret,
        )
        return VonageCalls(vonage)

    def _voice_settings(self) -> VoiceSettings:
        settings = self.wiring.deployment.settings
        token_secret = self.wiring.deployment.secret("call-tokens").hex()
        return VoiceSettings(
            public_url=settings.media_url.replace("ws", "http", 1),
            media_url=settings.media_url,
            token_secret=SecretStr(token_secret),
        )

    def _speech_settings(self) -> LocalSpeechSettings:
        settings = self.wiring.deployment.settings
        return LocalSpeechSettings(
            model_folder=self.wiring.deployment.home.models,
            given_models=settings.speech_model_dir,
            processes=settings.speech_processes,
        )


def load_meaning() -> None:
    """Ask the encoders of this process once, so that they are there."""
    encoded("hello")
    if (encoder := embedder()) is not None:
        encoder.embed(["hello"])


def spare_the_collector() -> None:
    """Look for garbage less often, and never again in what the program itself is made of.

    With hundreds of calls a full collection takes long enough to be heard.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def note(call: Call, what: str) -> None:
    """Tell operators what happened on a call: it stalled, stumbled, was redacted too late."""
    log.warning("call %s: %s", call.id, what)


def webhook_secret(wiring: Wiring) -> str:
    """What signs the carrier's webhooks: the account's secret, or one for simulated calls."""
    given = wiring.deployment.settings.vonage_signature_secret.get_secret_value()
    return given or wiring.deployment.secret("simulated-carrier").hex()
