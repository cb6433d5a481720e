"""Tenants with very much to search in, and the same words once more as PostgreSQL searches them."""

from datetime import timedelta
from time import perf_counter
from uuid import UUID

import asyncpg

from bench.house import House, Step
from bench.search.speech import Speech
from deskbell.cli.tenant import open_tenant
from domain import business, conversations
from domain.conversations import Opening, Said
from domain.conversations.models import Channel, Speaker
from domain.conversations.repository import Conversations
from domain.scope import Scope
from domain.search.indexing import keep_rows
from domain.search.models import SearchKind
from domain.search.sources import SOURCES
from tenants.service import NewOwner, NewTenant, job_scope, tenant_of_slug

# A conversation as long as this makes the fill quick; a page of hits still needs many keys.
TURNS = 500
OTHERS = 5
PLAIN = """
CREATE TABLE IF NOT EXISTS bench_plain (
    tenant_id uuid, id uuid, at timestamptz, text text,
    words tsvector GENERATED ALWAYS AS (to_tsvector('english', text)) STORED,
    PRIMARY KEY (tenant_id, id));
CREATE INDEX IF NOT EXISTS bench_plain_newest ON bench_plain (tenant_id, at DESC, id DESC);
GRANT SELECT ON bench_plain TO app_rt
"""
# Filled in one go, for a million turns of which each is added to them would take an hour.
INDEXES = """
CREATE INDEX IF NOT EXISTS bench_plain_words ON bench_plain USING gin (words);
CREATE INDEX IF NOT EXISTS turn_words_words_idx ON turn_words USING gin (words)
WITH (gin_pending_list_limit = 1024)
"""
DROP_INDEXES = """
DROP INDEX IF EXISTS bench_plain_words;
DROP INDEX IF EXISTS turn_words_words_idx
"""
DROP_PLAIN = "DROP TABLE IF EXISTS bench_plain"
ANALYZE = "ANALYZE turn_words, bench_plain, turn"
SPEECH = Speech()


async def filled(house: House, step: Step, turns: int) -> Scope:
    """The tenant that is searched, with so many turns; others beside it have a tenth together."""
    owner = await asyncpg.connect(house.wiring.deployment.databases.owner)
    try:
        await owner.execute(PLAIN)
        if await _is_empty(owner, turns):
            await owner.execute(DROP_INDEXES)
        for number in range(OTHERS):
            await _tenant(house, step, f"bench-other-{number}", turns // 10 // OTHERS, owner)
        scope = await _tenant(house, step, f"bench-search-{turns}", turns, owner)
        step("search: making indexes")
        await owner.execute(INDEXES)
        await owner.execute(ANALYZE)
    finally:
        await owner.close()
    return scope


async def _is_empty(owner: asyncpg.Connection, turns: int) -> bool:
    return bool(await owner.fetchval("SELECT count(*) < $1 FROM bench_plain", turns))


async def forget_plain(house: House) -> None:
    """Remove what was laid open for the comparison."""
    owner = await asyncpg.connect(house.wiring.deployment.databases.owner)
    await owner.execute(DROP_PLAIN)
    await owner.close()


async def _tenant(
    house: House, step: Step, slug: str, turns: int, owner: asyncpg.Connection
) -> Scope:
    if await tenant_of_slug(slug) is None:
        new = NewTenant(slug, slug, "America/New_York")
        person = NewOwner(f"{slug}@bench.test", "Olive Owner", "correct horse battery")
        await open_tenant(house.wiring, new, person)
    tenant_id = await tenant_of_slug(slug)
    assert tenant_id is not None
    scope = await job_scope(tenant_id, "bench")
    async with house.wiring.unit_of_work(scope, read_only=True) as uow:
        known = await Conversations(uow).all().count()
    plain = await owner.fetchval("SELECT count(*) FROM bench_plain WHERE tenant_id = $1", tenant_id)
    for number in range(max(1, turns // TURNS)):
        texts = SPEECH.turns(f"{slug} {number}", min(TURNS, turns))
        if number >= known:
            step(f"search: {slug}: {number * TURNS:,} of {turns:,} turns")
            await add(house, scope, texts)
        if number * TURNS >= plain:
            await _lay_open(owner, scope.tenant_id, number, texts)
    return scope


async def add(house: House, scope: Scope, texts: list[str]) -> tuple[UUID, float]:
    """Say something new, and index it; the conversation, and the seconds that indexing took."""
    async with house.wiring.unit_of_work(scope) as uow:
        version, _ = await business.pin(uow)
        opening = Opening(Channel.CHAT, "en-US", version.id, "1", "1")
        talk = await conversations.start(uow, opening)
        moments = [uow.now + timedelta(milliseconds=n) for n in range(len(texts))]
        said = [Said(n, Speaker.CALLER, text, moments[n], n) for n, text in enumerate(texts)]
        turns = await conversations.add_turns(uow, talk.id, said)
    began = perf_counter()
    async with house.wiring.unit_of_work(scope) as uow:
        await keep_rows(uow, SOURCES[SearchKind.TURN], turns, [turn.id for turn in turns])
    return talk.id, perf_counter() - began


async def _lay_open(
    owner: asyncpg.Connection, tenant_id: UUID, number: int, texts: list[str]
) -> None:
    await owner.executemany(
        "INSERT INTO bench_plain (tenant_id, id, at, text)"
        " VALUES ($1, gen_random_uuid(), to_timestamp($2), $3)",
        [(tenant_id, number * TURNS + n, text) for n, text in enumerate(texts)],
    )
