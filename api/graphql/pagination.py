"""Lists in pages: Relay connections over keyset cursors, stable while rows come and go."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.extensions import FieldExtension
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from domain.errors import InvalidInput
from domain.repository import Repository
from domain.tenancy import TenantModel

MOST = 100
USUAL = 20

N = TypeVar("N")


@strawberry.type
class PageInfo:
    """Whether there is more, and where."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type
class Edge(Generic[N]):
    """One row of a page."""

    cursor: str
    node: N


@strawberry.type
class Connection(Generic[N]):
    """A page of rows."""

    edges: list[Edge[N]]
    page_info: PageInfo


@dataclass(frozen=True)
class Order:
    """Rows sort by a column of times, and by id where times are equal."""

    column: str
    descending: bool = True


@dataclass(frozen=True)
class Window:
    """Which part of a list was asked for. Raises `InvalidInput` if it makes no sense."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None:
            raise InvalidInput.at("last", "Ask for the first or for the last, not for both")
        for name in ("first", "last"):
            size = getattr(self, name)
            if size is not None and not 0 <= size <= MOST:
                raise InvalidInput.at(name, f"Ask for 0 to {MOST} at once")

    @property
    def size(self) -> int:
        """How many rows at most."""
        if self.last is not None:
            return self.last
        return USUAL if self.first is None else self.first

    @property
    def backward(self) -> bool:
        """Whether it is counted from the end."""
        return self.last is not None


def write_cursor(moment: datetime, id: UUID) -> str:
    """The place of a row in its list."""
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{id}".encode()).decode().rstrip("=")


def read_cursor(name: str, cursor: str) -> tuple[datetime, UUID]:
    """The place that a cursor names. Raises `InvalidInput`."""
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
        moment, _, id = text.partition("|")
        at = datetime.fromisoformat(moment)
        if at.tzinfo is None:
            raise ValueError("no offset")
        return at, UUID(id)
    except (binascii.Error, ValueError) as problem:
        raise InvalidInput.at(name, "That is not a cursor of this list") from problem


@dataclass(frozen=True)
class Listing:
    """What a connection lists: the rows, in which order, and what each is as a node."""

    repository: Repository[Any]
    rows: QuerySet[Any]
    order: Order
    node: Callable[[Any], Any]


async def page(listing: Listing, window: Window) -> Connection[Any]:
    """One page of a listing; a single SQL query, whatever its size."""
    order = listing.order
    wanted = listing.rows.order_by(*_columns(order, window.backward)).limit(window.size + 1)
    for name, follows in (("after", True), ("before", False)):
        cursor = getattr(window, name)
        if cursor is not None:
            wanted = wanted.filter(_beyond(order, read_cursor(name, cursor), follows=follows))
    found = await listing.repository.page(wanted)
    # The one row too many says that there is more on that side.
    more, found = len(found) > window.size, found[: window.size]
    if window.backward:
        found.reverse()
    edges = [_edge(row, listing) for row in found]
    return Connection(edges=edges, page_info=_page_info(window, edges, more=more))


def _argument(name: str, annotation: Any, description: str) -> StrawberryArgument:
    return StrawberryArgument(
        python_name=name,
        graphql_name=None,
        type_annotation=StrawberryAnnotation(annotation),
        description=description,
        default=strawberry.UNSET,
    )


ARGUMENTS = [
    _argument("first", int | None, f"How many from the start, at most {MOST}."),
    _argument("after", str | None, "Only what follows this cursor."),
    _argument("last", int | None, f"How many from the end, at most {MOST}."),
    _argument("before", str | None, "Only what precedes this cursor."),
]


class Paged(FieldExtension):
    """Turns the `Listing` that a resolver returns into the page that was asked for."""

    def apply(self, field: StrawberryField) -> None:
        """Add the arguments of a connection to the field."""
        field.arguments = [*field.arguments, *ARGUMENTS]

    async def resolve_async(
        self, next_: Callable[..., Any], source: Any, info: strawberry.Info, **kwargs: Any
    ) -> Connection[Any]:
        """Take the connection's arguments for ourselves; the rest is the resolver's."""
        window = Window(*(kwargs.pop(argument.python_name, None) for argument in ARGUMENTS))
        given = await page(await next_(source, info, **kwargs), window)
        info.context.gave(len(given.edges))
        return given


def _columns(order: Order, backward: bool) -> tuple[str, str]:
    sign = "-" if order.descending != backward else ""
    return f"{sign}{order.column}", f"{sign}id"


def _beyond(order: Order, place: tuple[datetime, UUID], *, follows: bool) -> Q:
    moment, id = place
    side = "gt" if order.descending != follows else "lt"
    strictly = _where(order.column, side, moment) | _where("id", side, id)
    # Said once more without the id, so that the index on the column bounds the scan.
    return _where(order.column, f"{side}e", moment) & strictly


def _where(column: str, comparison: str, value: Any) -> Q:
    return Q(**{f"{column}__{comparison}": value})


def _edge(row: TenantModel, listing: Listing) -> Edge[Any]:
    cursor = write_cursor(getattr(row, listing.order.column), row.id)
    return Edge(cursor=cursor, node=listing.node(row))


def _page_info(window: Window, edges: list[Edge[Any]], *, more: bool) -> PageInfo:
    return PageInfo(
        has_next_page=window.before is not None if window.backward else more,
        has_previous_page=more if window.backward else window.after is not None,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
