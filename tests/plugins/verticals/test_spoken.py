"""Every trade keeps its word on the telephone: lines are spoken, heard and answered as on a call.

One scenario is played with the real models each time, the others are long. What the road itself
does is seen with ears that hear what they are told.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import pytest

from deskbell.testing.lockstep import Beat, Labour
from deskbell.testing.scenarios import Scenario, problems, script_of
from deskbell.testing.spoken import (
    CALLERS_VOICE,
    Booth,
    Overheard,
    play_aloud,
    problems_aloud,
    rehearse_aloud,
)
from domain.clock import FixedClock
from integrations.local_speech import LocalSpeechSettings, SpeechHealth
from integrations.local_speech.catalogue import MODELS
from integrations.local_speech.pool import PoolHealth
from integrations.local_speech.store import locate
from plugins.registry import Registry
from tests.conftest import HOME, NOW
from tests.fakes.voice import ScriptedEars, ToneVoice, spoken

needs_models = pytest.mark.skipif(
    not all(locate(piece) for model in MODELS for file in model.files for piece in file.pieces),
    reason="no package with speech weights is installed",
)
REGISTRY = Registry()
SCRIPTS = {name: script_of(each) for name, each in REGISTRY.verticals.items()}
EVERY_TIME = "gas comes before everything"
EACH = [
    pytest.param(
        name,
        scenario,
        id=f"{name}: {scenario.name}",
        marks=() if scenario.name == EVERY_TIME else pytest.mark.long,
    )
    for name, script in SCRIPTS.items()
    for scenario in script.spoken
]
# Long enough to be a turn; what it says is up to the ears.
CLIP = spoken("yes", 8000)


@pytest.fixture(scope="module")
async def booth() -> AsyncIterator[Booth]:
    settings = LocalSpeechSettings(model_folder=HOME / "models", processes=1, deadline=60)
    async with Booth.open(settings, HOME / "spoken") as opened:
        yield opened


@needs_models
@pytest.mark.parametrize(("name", "scenario"), EACH)
async def test_a_spoken_scenario_ends_as_it_should(
    booth: Booth, name: str, scenario: Scenario
) -> None:
    played = await play_aloud(REGISTRY.sources[name], scenario, SCRIPTS[name], booth)
    assert problems_aloud(scenario, played) == [], played.heard


@dataclass
class ClipVoice(ToneVoice):
    """Speaks a clip for callers, and tones for us."""

    async def stream(
        self, text: str, *, voice: str, language: str, sample_rate: int
    ) -> AsyncIterator[bytes]:
        if voice == CALLERS_VOICE:
            self.said.append(text)
            yield CLIP
            return
        # A tenth of a second is enough to be heard.
        how = {"voice": voice, "language": language, "sample_rate": sample_rate}
        async for piece in super().stream(text[:4], **how):
            yield piece


@dataclass
class ToldSpeech:
    """Speech whose ears hear what they are told."""

    ears: ScriptedEars
    voice: ClipVoice = field(default_factory=ClipVoice)

    def health(self) -> SpeechHealth:
        return SpeechHealth("told", "clip", PoolHealth(1, 1, 0, 0))


def booth_that_hears(tmp_path, *lines: str) -> Booth:
    return Booth(ToldSpeech(ScriptedEars(list(lines))), tmp_path)


def named(name: str, scenarios: Sequence[Scenario]) -> Scenario:
    [found] = [each for each in scenarios if each.name == name]
    return found


async def called(tmp_path, trade: str, name: str, *lines: str) -> tuple[Scenario, Overheard]:
    """A scenario on a line on which these words are heard, or its own."""
    script = SCRIPTS[trade]
    scenario = named(name, script.spoken)
    booth = booth_that_hears(tmp_path, *(lines or scenario.lines))
    return scenario, await play_aloud(REGISTRY.sources[trade], scenario, script, booth)


async def test_a_booking_is_made_on_a_call(tmp_path):
    scenario, played = await called(tmp_path, "restaurant", "a table for two")
    assert problems_aloud(scenario, played) == []
    assert played.heard == list(scenario.lines)
    assert played.call.finished


async def test_an_emergency_rings_a_telephone(tmp_path):
    scenario, played = await called(tmp_path, "home_services", EVERY_TIME)
    assert problems_aloud(scenario, played) == []
    assert played.call.did == ["websocket", "12125550199 answered"]


async def test_nobody_is_rung_where_the_telephone_is_dead(tmp_path):
    scenario, played = await called(tmp_path, "home_services", EVERY_TIME, "I smell grass")
    assert problems(scenario, played)
    assert "no telephone was rung: ['websocket']" in problems_aloud(scenario, played)


async def test_time_stands_still_while_a_recogniser_works(tmp_path):
    _, played = await called(tmp_path, "restaurant", "a table for two")
    # Five answers of a tenth of a second and more, and four turns that take a second each.
    assert 5 < len(played.call.heard) / 32_000 < 30


async def test_what_was_misheard_is_told(tmp_path):
    plugin = REGISTRY.sources["restaurant"]
    found = await rehearse_aloud(plugin, booth_that_hears(tmp_path, "is this the zoo"))
    assert any("(understood: is this the zoo" in each for each in found)
    assert all(", by voice: " in each for each in found)


async def test_a_line_is_spoken_once(tmp_path):
    booth = booth_that_hears(tmp_path)
    assert await booth.sound("yes please") == await booth.sound("yes please")
    assert booth.speech.voice.said == ["yes please"]


async def test_a_frame_waits_for_what_is_computed():
    clock, labour = FixedClock(NOW), Labour()
    with labour.job():
        beating = asyncio.create_task(Beat(clock, labour)())
        await asyncio.sleep(0.01)
        assert clock.monotonic() == 0
    await beating
    assert clock.monotonic() == pytest.approx(0.02)


def test_what_is_written_is_not_spoken():
    scenario = {"name": "a", "kind": "books", "lines": ["hi"], "expect": {}}
    with pytest.raises(ValueError, match="not spoken"):
        Scenario.model_validate(scenario | {"written": True, "spoken": True})
