"""How many SQL queries an operation costs: a constant, whatever the size of a page."""

import asyncio
from datetime import timedelta

from strawberry.extensions.parser_cache import DEFAULT_MAXSIZE, _get_parse_cache
from strawberry.extensions.validation_cache import _get_validate_cache

from domain import appointments, business, contacts, conversations
from domain.conversations.models import Channel
from domain.personal import Source
from tests.api.conftest import ENTERS_TENANT
from tests.api.everything import TOMORROW_AT_TEN, turn
from tests.factories.business import open_practice

CONVERSATIONS = """
query ($first: Int) { tenant { conversations(first: $first) { edges { cursor node {
  id summary contact { id name } turns { id text } } } pageInfo { hasNextPage } } } }
"""
APPOINTMENTS = """
query ($first: Int) { tenant { appointments(first: $first) { edges { node {
  id notes contact { name } conversation { id } location { name }
  service { name price { amountMinor } resources { name location { name } } } } } } } }
"""


async def acquaint(uow, number):
    details = contacts.Details(name=f"Caller {number}", phone=f"+1212555{number:04}")
    return await contacts.add(uow, details, source=Source.CALLER)


async def talk(unit_of_work, scope, number):
    """A conversation of two turns with somebody new."""
    async with unit_of_work(scope) as uow:
        contact = await acquaint(uow, number)
        pinned, _ = await business.pin(uow)
        opening = conversations.Opening(Channel.CHAT, "en", pinned.id, "1", "1", contact.id)
        conversation = await conversations.start(uow, opening)
        said = [turn(uow, 0, "Hello"), turn(uow, 1, "Bye")]
        await conversations.add_turns(uow, conversation.id, said)


async def book(unit_of_work, scope, practice, number):
    """A visit of somebody new, each an hour after the last."""
    async with unit_of_work(scope) as uow:
        contact = await acquaint(uow, number)
        starts_at = TOMORROW_AT_TEN + timedelta(hours=number)
        booking = appointments.Booking(contact.id, practice.cleaning_id, starts_at)
        await appointments.book(uow, await business.profile(uow), booking)


async def costs(owner, queries, query, connection):
    """The number of queries for one row, and for five."""
    counted = []
    # What is read for the first time makes the key of its entry in the audit trail.
    await owner.ask(query, first=1)
    for first in (1, 5):
        queries()
        data = await owner.ask(query, first=first)
        assert len(data["tenant"][connection]["edges"]) == first
        counted.append(len(queries()))
    return counted


async def test_conversations_cost_the_same_at_any_size(owner, unit_of_work, scope, queries):
    await open_practice(unit_of_work, scope)
    for number in range(5):
        await talk(unit_of_work, scope, number)
    one, five = await costs(owner, queries, CONVERSATIONS, "conversations")
    assert one == five


async def test_appointments_cost_the_same_at_any_size(owner, unit_of_work, scope, queries):
    practice = await open_practice(unit_of_work, scope)
    for number in range(5):
        await book(unit_of_work, scope, practice, number)
    one, five = await costs(owner, queries, APPOINTMENTS, "appointments")
    assert one == five


async def test_what_reads_nothing_opens_no_unit_of_work(owner, queries):
    queries()
    await owner.ask("{ version }")
    signing_in = queries()
    await owner.ask("{ tenant { name timeZone } }")
    assert queries() == signing_in


async def test_a_whole_query_reads_in_one_unit_of_work(owner, queries):
    queries()
    await owner.ask("{ version }")
    signing_in = sum(ENTERS_TENANT in sql for sql in queries())
    await owner.ask(
        "{ viewer { name } tenant { a: messages { edges { cursor } } leads { edges { cursor } }"
        " phoneNumbers { label } businessProfile { services { name } rules { voice } } } }"
    )
    assert sum(ENTERS_TENANT in sql for sql in queries()) == signing_in + 1


async def test_a_mutation_closes_before_its_payload_is_read(owner, queries):
    queries()
    await owner.ask("{ version }")
    signing_in = sum(ENTERS_TENANT in sql for sql in queries())
    await owner.ask(
        'mutation { locationAdd(input: {name: "Main", timeZone: "Europe/London"}) {'
        " ... on LocationAddPayload { location { id name } } } }"
    )
    assert sum(ENTERS_TENANT in sql for sql in queries()) == signing_in + 1


async def test_many_at_once_starve_nobody(owner):
    """More requests than connections; each writes, then reads."""
    adding = """
    mutation ($name: String!) { locationAdd(input: {name: $name, timeZone: "Europe/London"}) {
      ... on LocationAddPayload { location { id } } } }
    """
    first = await owner.ask(adding, name="Main")
    location = first["locationAdd"]["location"]["id"]
    hiring = """
    mutation ($name: String!, $location: ID!) {
      resourceAdd(input: {kind: STAFF, name: $name, locationId: $location}) {
        ... on ResourceAddPayload { resource { location { name } } } } }
    """
    deeds = (owner.ask(hiring, name=f"Nurse {n}", location=location) for n in range(24))
    answers = await asyncio.wait_for(asyncio.gather(*deeds), 30)
    assert {a["resourceAdd"]["resource"]["location"]["name"] for a in answers} == {"Main"}


async def test_a_document_is_parsed_and_validated_once(owner):
    document = "{ tenant { name slug locale } }"
    await owner.ask(document)
    caches = (_get_parse_cache(DEFAULT_MAXSIZE), _get_validate_cache(DEFAULT_MAXSIZE))
    missed = [cache.cache_info().misses for cache in caches]
    await owner.ask(document)
    assert [cache.cache_info().misses for cache in caches] == missed
