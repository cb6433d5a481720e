"""The search bench: ours, opened and checked, beside PostgreSQL's own on words laid open."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random
from statistics import quantiles
from time import perf_counter

from bench.house import House, Step
from bench.machine import Cores, load
from bench.search.seed import SPEECH, add, filled, forget_plain
from bench.tables import Column, Report, Table
from domain import search
from domain.conversations.repository import Conversations
from domain.database import tenant_transaction
from domain.scope import Scope
from domain.search.models import SearchKind

_TURNS, _QUICK_TURNS = 1_000_000, 5_000
_ROUNDS, _QUICK_ROUNDS = 100, 20
_SAMPLE, _QUICK_SAMPLE = 4, 1
_PAGE = 20
FIND_PLAIN = """
SELECT id, at, text FROM bench_plain WHERE tenant_id = $1 AND words @@ to_tsquery('english', $2)
ORDER BY at DESC, id DESC LIMIT 21
"""


@dataclass(frozen=True)
class Asked:
    """One question, as each side is asked it."""

    ours: str
    plain: str


def questions(kind: str, chance: Random) -> Asked:
    """A question of a kind, another one each time."""
    word = SPEECH.words
    if kind == "phrase":
        said = SPEECH.turns(f"bench-search-phrase {chance.random()}", 1)[0].split()[:2]
        return Asked(f'"{" ".join(said)}"', " <-> ".join(said))
    if kind == "beginning":
        letters = next(w for w in iter(lambda: chance.choice(word[500:]), None) if len(w) >= 5)[:5]
        return Asked(f"{letters}*", f"{letters}:*")
    if kind == "two words":
        pair = chance.choice(word[20:200]), chance.choice(word[20:200])
        return Asked(" ".join(pair), " & ".join(pair))
    first, last = {"common": (0, 5), "usual": (100, 1000), "rare": (5000, 20_000)}[kind]
    one = chance.choice([w for w in word[first:last] if len(w) > 1])
    return Asked(one, one)


KINDS = ("common", "usual", "rare", "two words", "phrase", "beginning")


async def compare(house: House, cores: Cores, step: Step, quick: bool) -> Report:
    """Fill, ask in turns, and say how long each took."""
    turns = _QUICK_TURNS if quick else _TURNS
    scope = await filled(house, step, turns)
    rows = []
    for kind in KINDS:
        step(f"search: {kind}")
        rows += await _asked(house, scope, kind, _QUICK_ROUNDS if quick else _ROUNDS)
    indexed = await _indexing(house, scope, _QUICK_SAMPLE if quick else _SAMPLE)
    if not quick:
        await forget_plain(house)
    notes = [
        f"{turns:,} turns in one tenant, a tenth of it in five others; load {load():.1f}",
        f"indexing {indexed * 1e6:,.0f} us per turn, in the background",
    ]
    return Report("Search", [_table(rows)], notes)


async def _asked(house: House, scope: Scope, kind: str, rounds: int) -> list[dict[str, object]]:
    chance = Random(kind)
    sides: dict[str, Callable[[Asked], Awaitable[int]]] = {
        "tsvector": lambda asked: _plainly(scope, asked.plain),
        "deskbell": lambda asked: _ours(house, scope, asked.ours),
    }
    took: dict[str, list[float]] = {side: [] for side in sides}
    hits = dict.fromkeys(sides, 0)
    for number in range(rounds + 3):
        asked = questions(kind, chance)
        for side, ask in sides.items():
            began = perf_counter()
            found = await ask(asked)
            # The first three warm what is kept between questions.
            if number >= 3:
                took[side].append((perf_counter() - began) * 1000)
                hits[side] += found
    return [_row(kind, side, took[side], hits[side] / rounds) for side in sides]


async def _ours(house: House, scope: Scope, words: str) -> int:
    async with house.wiring.unit_of_work(scope, read_only=True) as uow:
        found = await search.find(uow, search.ask(words), [SearchKind.TURN], most=_PAGE)
    return len(found.hits)


async def _plainly(scope: Scope, words: str) -> int:
    async with tenant_transaction(scope.tenant_id, read_only=True) as connection:
        values = [scope.tenant_id, words]
        return min(_PAGE, len(await connection.execute_query_dict(FIND_PLAIN, values)))


async def _indexing(house: House, scope: Scope, conversations: int) -> float:
    """Seconds per turn, of conversations that are gone again afterwards."""
    seconds, count = 0.0, 0
    for number in range(conversations):
        texts = SPEECH.turns(f"sample {number}", 100)
        talk, took = await add(house, scope, texts)
        seconds, count = seconds + took, count + len(texts)
        async with house.wiring.unit_of_work(scope) as uow:
            await Conversations(uow).all().filter(id=talk).delete()
    return seconds / count


def _row(kind: str, side: str, took: list[float], hits: float) -> dict[str, object]:
    shares = quantiles(took, n=100)
    return {
        "group": kind,
        "server": side,
        "p50_ms": shares[49],
        "p99_ms": min(shares[98], max(took)),
        "hits": hits,
    }


def _table(rows: list[dict[str, object]]) -> Table:
    columns = (
        Column("p50_ms", "p50 ms", "less"),
        Column("p99_ms", "p99 ms", "less"),
        Column("hits", "hits on a page"),
    )
    return Table("search", "A page of 20, sealed and checked", columns, rows, "tsvector")
