# It runs in the peer's own venv, where our type checker cannot look.
# mypy: ignore-errors
"""A usual pipecat telephone bot, with stubs for its recogniser, language model and voice.

`pipecat_bot.py PORT` serves; `pipecat_bot.py --delay LOOP.pcm SPEECH_FRAMES` prints by how many
milliseconds its voice activity detector ends the sentence late, on an idle machine.
"""

import asyncio
import sys
from pathlib import Path
from statistics import mean

import uvicorn
from fastapi import FastAPI, WebSocket
from loguru import logger
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.audio.vad.vad_analyzer import VADParams, VADState
from pipecat.frames.frames import (
    LLMContextFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMTextFrame,
    TranscriptionFrame,
    TTSAudioRawFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMContextAggregatorPair,
    LLMUserAggregatorParams,
)
from pipecat.serializers.vonage import VonageFrameSerializer
from pipecat.services.llm_service import LLMService
from pipecat.services.settings import LLMSettings, STTSettings, TTSSettings
from pipecat.services.stt_service import STTService
from pipecat.services.tts_service import TTSService
from pipecat.transports.websocket.fastapi import FastAPIWebsocketParams, FastAPIWebsocketTransport
from pipecat.turns.user_start import VADUserTurnStartStrategy
from pipecat.turns.user_stop import SpeechTimeoutUserTurnStopStrategy
from pipecat.turns.user_turn_strategies import UserTurnStrategies
from pipecat.workers.runner import WorkerRunner

from bench.voice.script import ANSWER, FRAME_BYTES, QUESTION, RATE, REPLY_PIECES, ROUNDS, STOP_MS

logger.remove()
logger.add(sys.stderr, level="ERROR")

MODEL = LLMSettings(
    model="stub",
    system_instruction=None,
    temperature=None,
    max_tokens=None,
    top_p=None,
    top_k=None,
    frequency_penalty=None,
    presence_penalty=None,
    seed=None,
    filter_incomplete_user_turns=False,
    user_turn_completion_config=None,
)


class StubEars(STTService):
    """Recognises the question as soon as the caller falls silent."""

    def __init__(self):
        super().__init__(ttfs_p99_latency=0.0, settings=STTSettings(model=None, language=None))

    async def run_stt(self, audio):
        """Nothing comes of single pieces."""
        yield None

    async def process_frame(self, frame, direction):
        """Pass everything on; answer silence with a transcript."""
        await super().process_frame(frame, direction)
        if isinstance(frame, VADUserStoppedSpeakingFrame):
            at = "2026-01-01T00:00:00Z"
            await self.push_frame(TranscriptionFrame(QUESTION, "caller", at, finalized=True))


class StubModel(LLMService):
    """Answers at once, in three pieces."""

    def __init__(self):
        super().__init__(settings=MODEL)

    async def process_frame(self, frame, direction):
        """Answer a context; pass the rest on."""
        await super().process_frame(frame, direction)
        if not isinstance(frame, LLMContextFrame):
            await self.push_frame(frame, direction)
            return
        await self.push_frame(LLMFullResponseStartFrame())
        words = ANSWER.split()
        for piece in (words[:4], words[4:7], words[7:]):
            await self.push_frame(LLMTextFrame(" ".join(piece) + " "))
        await self.push_frame(LLMFullResponseEndFrame())


class StubVoice(TTSService):
    """Says everything with the canned reply."""

    def __init__(self):
        super().__init__(
            sample_rate=RATE,
            push_start_frame=True,
            push_stop_frames=True,
            settings=TTSSettings(model=None, voice="v", language=None),
        )

    async def run_tts(self, text, context_id):
        """200 ms at a time."""
        for piece in REPLY_PIECES:
            yield TTSAudioRawFrame(piece, RATE, 1, context_id=context_id)


def detector():
    """Silero with the silence that ends a turn, as in every server of this bench."""
    return SileroVADAnalyzer(params=VADParams(stop_secs=STOP_MS / 1000))


def pipeline(transport):
    """The pipeline of pipecat's own telephone examples."""
    strategies = UserTurnStrategies(
        start=[VADUserTurnStartStrategy()],
        # The detector has waited already.
        stop=[SpeechTimeoutUserTurnStopStrategy(user_speech_timeout=0.0)],
    )
    context = LLMContext([{"role": "system", "content": "You are a receptionist."}])
    params = LLMUserAggregatorParams(vad_analyzer=detector(), user_turn_strategies=strategies)
    pair = LLMContextAggregatorPair(context, user_params=params)
    return Pipeline(
        [
            transport.input(),
            StubEars(),
            pair.user(),
            StubModel(),
            StubVoice(),
            transport.output(),
            pair.assistant(),
        ]
    )


app = FastAPI()


@app.websocket("/voice/socket")
async def call(websocket: WebSocket):
    """One call."""
    await websocket.accept()
    transport = FastAPIWebsocketTransport(
        websocket,
        FastAPIWebsocketParams(
            audio_in_enabled=True,
            audio_out_enabled=True,
            audio_in_sample_rate=RATE,
            audio_out_sample_rate=RATE,
            serializer=VonageFrameSerializer(),
            # Its default of 40 ms is a size on which the carrier hangs up.
            fixed_audio_packet_size=FRAME_BYTES,
            audio_in_passthrough=True,
        ),
    )
    params = PipelineParams(audio_in_sample_rate=RATE, audio_out_sample_rate=RATE)
    worker = PipelineWorker(
        pipeline(transport), params=params, enable_rtvi=False, enable_turn_tracking=False
    )

    @transport.event_handler("on_client_disconnected")
    async def gone(transport, client):
        await worker.cancel()

    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    await runner.run()


async def delay(pcm, speech):
    """How late the detector ends the sentence, averaged over every round but the first."""
    analyzer = detector()
    analyzer.set_sample_rate(RATE)
    frames = [pcm[at : at + FRAME_BYTES] for at in range(0, len(pcm), FRAME_BYTES)]
    ends, speaking = [], False
    for at, frame in enumerate(frames * ROUNDS, start=1):
        state = await analyzer.analyze_audio(frame)
        if state is VADState.QUIET and speaking:
            ends.append(at % len(frames))
        speaking = state in (VADState.SPEAKING, VADState.STOPPING)
    return (mean(ends[1:]) - speech) * 20 - STOP_MS


if __name__ == "__main__":
    if sys.argv[1] == "--delay":
        print(asyncio.run(delay(Path(sys.argv[2]).read_bytes(), int(sys.argv[3]))))
    else:
        uvicorn.run(
            app,
            port=int(sys.argv[1]),
            log_level="warning",
            loop="uvloop",
            ws="websockets-sansio",
            ws_per_message_deflate=False,
        )
