"""Real models, real processes: our own voice over a telephone line, and back to words."""

import re
import shutil

import numpy as np
import pytest
import pytest_asyncio

from domain.errors import Unavailable
from integrations.local_speech import LocalSpeech, LocalSpeechSettings
from integrations.local_speech.catalogue import MODELS
from integrations.local_speech.sound import to_pcm
from integrations.local_speech.store import locate
from tests.integrations.local_speech.telephone import through_telephone, word_errors, words

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(
        not all(locate(p) for m in MODELS for f in m.files for p in f.pieces),
        reason="no package with speech weights is installed",
    ),
]
RATE = 8000
SENTENCES = (
    "Thank you for calling Riverside Dental. How can I help you today?",
    "I would like to book an appointment for next Thursday afternoon.",
    "My name is Peter and my cat needs a vaccination.",
    "Could you please call me back before five o'clock?",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def speech(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    local = await LocalSpeech.start(
        LocalSpeechSettings(model_folder=folder, processes=1, deadline=60)
    )
    yield local
    await local.close()
    shutil.rmtree(folder)


async def say(speech, text, **more):
    how = {"voice": "", "language": "en-US", "sample_rate": RATE} | more
    return b"".join([piece async for piece in speech.voice.stream(text, **how)])


async def hear(speech, pcm, **more):
    how = {"language": "en-US", "sample_rate": RATE} | more
    stream = speech.ears.open(**how)
    stream.push(pcm)
    stream.pause()
    return await stream.commit()


@pytest.mark.long
async def test_sentences_survive_the_telephone(speech):
    errors = 0
    for sentence in SENTENCES:
        transcript = await hear(speech, through_telephone(await say(speech, sentence)))
        errors += word_errors(sentence, transcript.text)
        assert transcript.confidence > 0.5
    assert errors <= 0.1 * sum(len(words(sentence)) for sentence in SENTENCES)


async def test_a_telephone_number_survives(speech):
    line = through_telephone(await say(speech, "My number is 555 010 0199."))
    digits = re.sub(r"\D", "", (await hear(speech, line)).text)
    assert word_errors(" x ".join("5550100199"), " x ".join(digits)) <= 1


async def test_sixteen_kilohertz_works_too(speech):
    pcm = await say(speech, SENTENCES[0], sample_rate=16_000)
    transcript = await hear(speech, pcm, sample_rate=16_000)
    assert word_errors(SENTENCES[0], transcript.text) <= 1


@pytest.mark.parametrize("loudness", [0, 0.003, 0.05])
async def test_silence_and_hiss_are_no_words(speech, loudness):
    hiss = np.random.default_rng(7).normal(0, loudness, 2 * RATE).astype(np.float32)
    assert (await hear(speech, to_pcm(hiss))).text == ""


async def test_hints_help_with_names(speech):
    understood = 0
    for name in ("Kowalczyk", "Szczepanski", "Featherstonehaugh"):
        line = through_telephone(await say(speech, f"This is Peter {name} speaking."))
        understood += name.lower() in words((await hear(speech, line, hints=[name])).text)
    assert understood >= 2


async def test_a_speech_longer_than_the_window_is_heard_whole(speech):
    story = " ".join(SENTENCES * 3)
    pcm = await say(speech, story)
    assert len(pcm) > 32 * RATE * 2
    heard = (await hear(speech, pcm)).text
    assert word_errors(story, heard) <= 0.15 * len(words(story))


async def test_a_language_nobody_knows_is_unavailable(speech):
    with pytest.raises(Unavailable, match="Whisper knows no"):
        await hear(speech, bytes(RATE * 2), language="xx")


async def test_clauses_come_out_equally_loud(speech):
    levels = []
    for clause in ("Yes.", "We are open until six."):
        samples = np.frombuffer(await say(speech, clause), "<i2").astype(np.float64)
        levels.append(float(np.sqrt(np.mean(np.square(samples[: -RATE // 4])))))
    assert max(levels) < 1.5 * min(levels)


async def test_health_names_the_models(speech):
    health = speech.health()
    assert (health.ears, health.voice) == ("whisper-base", "piper-joe")
    assert (health.pool.alive, health.pool.waiting, health.pool.restarts) == (1, 0, 0)
