"""Finding words in what was said, left and noted."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import strawberry

from api.graphql.contacts import Contact
from api.graphql.context import Info
from api.graphql.conversations import Turn
from api.graphql.enums import SearchKind
from api.graphql.ids import write_id
from api.graphql.leads import Lead
from api.graphql.messages import Message
from api.graphql.pagination import (
    Connection,
    Edge,
    PageInfo,
    Window,
    read_cursor,
    write_cursor,
)
from domain import search
from domain.search.finding import Found, Hit
from domain.search.repository import Place
from domain.search.snippets import Snippet
from domain.search.sources import SOURCES
from plugins.graphql_kit import Needs

READ = "tenant:read"

Query = Annotated[
    str,
    strawberry.argument(
        description='Words in any form (`leak` finds "leaking"), `"phrases"`, and beginnings of at'
        " least four letters (`plumb*`). All of them have to be there."
    ),
]
Kinds = Annotated[
    list[SearchKind] | None,
    strawberry.argument(description="Where to look; wherever whoever asks may read, if left out."),
]


@strawberry.type
class Highlight:
    """A word that was looked for, in a snippet."""

    start: int = strawberry.field(description="Where it begins, in Unicode code points.")
    length: int = strawberry.field(description="How long it is, in Unicode code points.")


@strawberry.type
class SearchSnippet:
    """The part of a text in which the words were found."""

    text: str
    highlights: list[Highlight]

    @classmethod
    def of(cls, snippet: Snippet) -> "SearchSnippet":
        """The snippet of a hit."""
        found = [Highlight(start=start, length=end - start) for start, end in snippet.spans]
        return cls(text=snippet.text, highlights=found)


@strawberry.interface
class SearchHit:
    """Something with all the words in question."""

    kind: SearchKind
    at: datetime
    snippet: SearchSnippet


@strawberry.type
class TurnHit(SearchHit):
    """Something that was said."""

    turn: Turn
    conversation_id: strawberry.ID = strawberry.field(description="Where it was said.")


@strawberry.type
class SummaryHit(SearchHit):
    """What a conversation came to."""

    conversation_id: strawberry.ID = strawberry.field(description="What it sums up.")


@strawberry.type
class MessageHit(SearchHit):
    """Something that a caller left."""

    message: Message


@strawberry.type
class ContactHit(SearchHit):
    """Somebody's name, or what was noted of them."""

    contact: Contact


@strawberry.type
class LeadHit(SearchHit):
    """What somebody may come to buy."""

    lead: Lead


HITS: dict[SearchKind, Callable[..., SearchHit]] = {
    SearchKind.TURN: lambda row, **told: TurnHit(
        turn=Turn.of(row), conversation_id=write_id("Conversation", row.conversation_id), **told
    ),
    SearchKind.SUMMARY: lambda row, **told: SummaryHit(
        conversation_id=write_id("Conversation", row.id), **told
    ),
    SearchKind.MESSAGE: lambda row, **told: MessageHit(message=Message.of(row), **told),
    SearchKind.CONTACT: lambda row, **told: ContactHit(contact=Contact.of(row), **told),
    SearchKind.LEAD: lambda row, **told: LeadHit(lead=Lead.of(row), **told),
}

# Nothing else leads to them.
HIT_TYPES = (TurnHit, SummaryHit, MessageHit, ContactHit, LeadHit)


@strawberry.type
class SearchFields:
    """What can be found at a tenant."""

    @strawberry.field(extensions=[Needs(READ)])
    async def search(
        self,
        info: Info,
        query: Query,
        kinds: Kinds = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Connection[SearchHit]:
        """What holds all the words in question, the newest in front.

        Each kind needs its own permission. A page may hold less than was asked for and yet not be
        the last.
        """
        window = Window(first=first, after=after)
        place = Place(*read_cursor("after", after)) if after is not None else None
        uow = await info.context.read(READ)
        found = await search.find(
            uow, search.ask(query), _kinds(info, kinds), after=place, most=window.size
        )
        _put_on_record(info, found)
        info.context.gave(len(found.hits))
        return _page(found, window)


def _kinds(info: Info, kinds: list[SearchKind] | None) -> list[SearchKind]:
    """Those that were asked for, or all that whoever asks may read."""
    if kinds is not None:
        return list(dict.fromkeys(kinds))
    allowed = info.context.scope.permissions
    return [kind for kind, source in SOURCES.items() if source.permission in allowed]


def _put_on_record(info: Info, found: Found) -> None:
    for hit in found.hits:
        if hit.kind is SearchKind.TURN:
            info.context.saw(hit.row.conversation_id)
        elif hit.kind is SearchKind.SUMMARY:
            info.context.saw(hit.row.id)


def _page(found: Found, window: Window) -> Connection[Any]:
    edges = [_edge(hit) for hit in found.hits]
    return Connection(
        edges=edges,
        page_info=PageInfo(
            has_next_page=found.more,
            has_previous_page=window.after is not None,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=_cursor(found.last) if found.last else None,
        ),
    )


def _edge(hit: Hit) -> Edge[Any]:
    node = HITS[hit.kind](
        hit.row, kind=hit.kind, at=hit.place.at, snippet=SearchSnippet.of(hit.snippet)
    )
    return Edge(cursor=_cursor(hit.place), node=node)


def _cursor(place: Place) -> str:
    return write_cursor(place.at, place.id)
