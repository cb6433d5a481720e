"""Pages hold every row once, in order, whatever their size and direction."""

from datetime import UTC, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.graphql.pagination import Listing, Order, Window, page, read_cursor, write_cursor
from domain.contacts.repository import Contacts
from domain.errors import InvalidInput
from domain.personal import Source
from tests.conftest import NOW

ROWS = 12
PAGE = """
query ($first: Int, $after: String, $last: Int, $before: String) { tenant {
  contacts(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }
"""


@pytest.fixture
async def crowd(unit_of_work, scope):
    """People, several of whom were heard of at the same moment."""
    async with unit_of_work(scope) as uow:
        for number in range(ROWS):
            seen = NOW - timedelta(hours=number % 4)
            await Contacts(uow).add(source=Source.OWNER, created_at=seen, last_seen_at=seen)


async def contacts(owner, **window):
    return (await owner.ask(PAGE, **window))["tenant"]["contacts"]


async def walk(listing, size, *, backward):
    """All ids, page by page, in the order of the list."""
    found, cursor, more = [], None, True
    while more:
        window = Window(last=size, before=cursor) if backward else Window(first=size, after=cursor)
        part = await page(listing, window)
        ids = [edge.node for edge in part.edges]
        found = ids + found if backward else found + ids
        info = part.page_info
        more = info.has_previous_page if backward else info.has_next_page
        cursor = info.start_cursor if backward else info.end_cursor
    return found


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(size=st.integers(1, ROWS + 1), backward=st.booleans(), descending=st.booleans())
async def test_a_walk_meets_every_row_once(unit_of_work, scope, crowd, size, backward, descending):
    async with unit_of_work(scope, read_only=True) as uow:
        people = Contacts(uow)
        order = Order("last_seen_at", descending=descending)
        listing = Listing(people, people.all(), order, lambda row: row.id)
        rows = await people.all()
        expected = sorted(rows, key=lambda row: (row.last_seen_at, row.id), reverse=descending)
        assert await walk(listing, size, backward=backward) == [row.id for row in expected]


async def test_a_page_says_whether_there_is_more(owner, crowd):
    first = await contacts(owner, first=5)
    assert first["pageInfo"]["hasNextPage"]
    assert not first["pageInfo"]["hasPreviousPage"]
    rest = await contacts(owner, after=first["pageInfo"]["endCursor"])
    assert len(rest["edges"]) == ROWS - 5
    assert not rest["pageInfo"]["hasNextPage"]
    assert rest["pageInfo"]["hasPreviousPage"]


async def test_a_page_stays_put_while_rows_come(owner, crowd):
    first = await contacts(owner, first=3)
    await owner.ask('mutation { contactAdd(input: {name: "New"}) { __typename } }')
    second = await contacts(owner, first=3, after=first["pageInfo"]["endCursor"])
    assert not {e["cursor"] for e in first["edges"]} & {e["cursor"] for e in second["edges"]}
    back = await contacts(owner, last=3, before=second["pageInfo"]["startCursor"])
    assert back["edges"] == first["edges"]


async def test_an_empty_list_has_no_cursors(owner):
    empty = await contacts(owner)
    assert empty["edges"] == []
    assert (empty["pageInfo"]["startCursor"], empty["pageInfo"]["endCursor"]) == (None, None)


async def test_a_page_of_nothing_knows_of_more(owner, crowd):
    nothing = await contacts(owner, first=0)
    assert (nothing["edges"], nothing["pageInfo"]["hasNextPage"]) == ([], True)


@pytest.mark.parametrize(
    "window",
    [{"first": 101}, {"first": -1}, {"last": 101}, {"first": 1, "last": 1}, {"after": "x"}],
)
async def test_a_window_that_makes_no_sense_is_refused(owner, window):
    assert await owner.fail(PAGE, **window) == "INVALID_INPUT"


@given(st.datetimes(timezones=st.just(UTC)), st.uuids())
def test_a_cursor_keeps_its_place_to_the_microsecond(moment, id):
    assert read_cursor("after", write_cursor(moment, id)) == (moment, id)


@given(st.text())
def test_garbage_is_no_cursor(text):
    with pytest.raises(InvalidInput):
        read_cursor("after", text)
