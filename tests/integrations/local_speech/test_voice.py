"""Clauses, cache and last resort, on a toy voice that names what it was asked to say."""

import asyncio

from domain.receptionist.ports import TextToSpeech
from integrations.local_speech.jobs import Priority
from integrations.local_speech.sound import to_pcm, tones
from integrations.local_speech.voice import Clause, ClauseCache, LocalVoice
from integrations.local_speech.wire import Frame
from tests.integrations.local_speech.toys import busy, toy_pool

HOW = {"voice": "", "language": "en-US", "sample_rate": 8000}


def voice_of(pool) -> LocalVoice:
    return LocalVoice(pool, default_voice="joe", cache_bytes=1000)


async def said(voice: TextToSpeech, text: str) -> bytes:
    return b"".join([piece async for piece in voice.stream(text, **HOW)])


async def test_each_clause_is_a_piece_in_order():
    async with toy_pool(size=2) as pool:
        pieces = [piece async for piece in voice_of(pool).stream("We open. We close.", **HOW)]
    assert [piece.rpartition(b".")[0] for piece in pieces] == [b"We open", b"We close"]


async def test_numbers_reach_the_voice_as_words():
    async with toy_pool() as pool:
        assert (await said(voice_of(pool), "It is $5.")).startswith(b"It is five dollars.")


async def test_a_clause_is_made_once():
    async with toy_pool() as pool:
        voice = voice_of(pool)
        assert await said(voice, "Hello there.") == await said(voice, "Hello there.")


async def test_what_was_prepared_needs_no_process():
    async with toy_pool() as pool:
        voice = voice_of(pool)
        await voice.prerender(["Hello there. Good bye now."], **HOW)
        await pool.close()
        assert await said(voice, "Hello there. Good bye now.") == b"Hello there.1;Good bye now.2;"


async def test_another_voice_is_another_clause():
    async with toy_pool() as pool:
        voice = voice_of(pool)
        first = await said(voice, "Hello there.")
        other = voice.stream("Hello there.", **{**HOW, "voice": "espeak"})
        assert [piece async for piece in other] != [first]


async def test_a_dead_voice_sounds_tones_not_silence():
    async with toy_pool() as pool:
        voice = voice_of(pool)
        await pool.close()
        assert await said(voice, "Hello there.") == to_pcm(tones(8000))


async def test_tones_are_not_remembered(tmp_path):
    async with toy_pool(queue=1) as pool:
        voice = voice_of(pool)
        async with busy(pool, tmp_path):
            urgent = pool.submit(Frame({"do": "echo"}), Priority.FINAL)
            assert await said(voice, "Hello there.") == to_pcm(tones(8000))
        await urgent
        assert await said(voice, "Hello there.") == b"Hello there.3;"


async def test_an_interrupted_reply_withdraws_its_next_clause(tmp_path):
    async with toy_pool() as pool:
        reply = voice_of(pool).stream("Hello there. Good bye now. Indeed.", **HOW)
        await anext(reply)
        async with busy(pool, tmp_path):
            await reply.aclose()
            await asyncio.sleep(0)
            assert pool.health().waiting == 0


async def test_nothing_to_say_is_no_sound():
    async with toy_pool() as pool:
        assert await said(voice_of(pool), "...") == b""


def test_the_cache_forgets_the_longest_unused():
    cache = ClauseCache(limit=10)
    a, b, c = (Clause(text, "joe", "en", 8000) for text in "abc")
    cache.put(a, b"12345")
    cache.put(b, b"12345")
    cache.get(a)
    cache.put(c, b"12345")
    assert (cache.get(a), cache.get(b), cache.get(c)) == (b"12345", None, b"12345")


def test_the_cache_refuses_what_is_too_big():
    cache = ClauseCache(limit=3)
    cache.put(clause := Clause("a", "joe", "en", 8000), b"12345")
    assert cache.get(clause) is None
