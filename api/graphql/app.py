"""GraphQL over HTTP, server-sent events and websockets (graphql-transport-ws)."""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from json import JSONDecodeError
from math import ceil
from typing import Any, cast

import orjson
from cross_web import HTTPException
from starlette.requests import HTTPConnection
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry import Schema
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.unset import UNSET, UnsetType

from api.bearer import listen_to
from api.graphql.context import Request, Wiring
from api.graphql.error_codes import LONGEST_MESSAGE
from api.graphql.graphiql import page as graphiql
from api.graphql.watch import RECHECK, WatchedSocket, watched_events
from domain.errors import RateLimited

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"

# As JSON writes it, and as a string within a GraphQL document may.
NUL = re.compile(rb"\\u(0000|\{0+\})")


class Answer(Response):
    """What is known of the answer before there is one: the media type the client wants."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        # An event stream takes these headers over, and has no length.
        del self.headers["Content-Length"]
        self.wanted = wanted


class GraphQLApp(GraphQL[Any, None]):
    """The GraphQL endpoint; GraphiQL is there in development only.

    It follows the GraphQL-over-HTTP specification, where a document that cannot be executed is a
    400 for clients that ask for `application/graphql-response+json`.
    """

    def __init__(
        self,
        schema: Schema,
        wiring: Wiring,
        *,
        public_url: str,
        production: bool = False,
        recheck: float = RECHECK,
    ) -> None:
        super().__init__(
            schema,
            graphql_ide=None if production else "graphiql",
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL),
            allowed_origins=(public_url,),
            max_subscriptions_per_connection=50,
        )
        self._wiring = wiring
        self._recheck = recheck

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request or a socket."""
        if scope["type"] != "http":
            asker = Request(self._wiring, HTTPConnection(scope))
            watched = WatchedSocket(receive, send, asker.authenticate, self._recheck)
            async with watched:
                await super().__call__(scope, watched.receive, watched.send)
            return
        request = HttpRequest(scope, receive)
        try:
            response = await self.run(request)
        except HTTPException as refused:
            response = _refusal(request, refused)
        await response(scope, receive, send)

    def routes(self) -> list[BaseRoute]:
        """`/graphql`, and what GraphiQL loads where it is there."""
        served = [Route("/graphql", self), WebSocketRoute("/graphql", self)]
        return served if self.graphql_ide is None else [*served, *graphiql.ROUTES]

    async def render_graphql_ide(self, request: HttpRequest) -> Response:
        """GraphiQL, which works offline."""
        return graphiql.page()

    async def get_context(
        self, request: HttpRequest | WebSocket, response: Response | WebSocket
    ) -> Request:
        """What operations of this request or socket start from."""
        answer = response if isinstance(response, Answer) else None
        return Request(self._wiring, HTTPConnection(request.scope), answer)

    async def on_ws_connect(self, context: Request) -> UnsetType | dict[str, object] | None:
        """A socket says who it is in its first words, for a browser adds no headers to it."""
        listen_to(context.connection, context.connection_params)
        nothing: UnsetType = UNSET
        return nothing

    async def get_sub_response(self, request: HttpRequest | WebSocket) -> Answer:
        """The answer to be, as the client wants it."""
        return Answer(_wanted(request.headers.get("Accept", "")))

    async def process_result(
        self, request: HttpRequest, result: ExecutionResult
    ) -> GraphQLHTTPResponse:
        """A result as JSON; one that never ran has no `data`, not even null."""
        answered = await super().process_result(request, result)
        if isinstance(result, PreExecutionError):
            answered.pop("data")
        return answered

    async def create_streaming_response(
        self,
        request: HttpRequest | WebSocket,
        stream: Callable[[], AsyncIterator[str]],
        sub_response: Response,
        headers: Mapping[str, str],
    ) -> Response:
        """Server-sent events, which end with the session of whoever asked for them."""
        asker = Request(self._wiring, HTTPConnection(request.scope))

        def watched() -> AsyncIterator[str]:
            events = cast(AsyncGenerator[str, None], stream())
            return watched_events(events, asker.authenticate, self._recheck)

        return await super().create_streaming_response(request, watched, sub_response, headers)

    def create_response(
        self,
        response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse],
        sub_response: Response,
    ) -> Response:
        """The answer in the media type that was asked for."""
        assert isinstance(sub_response, Answer)
        never_ran = "data" not in response_data
        status = 400 if never_ran and sub_response.wanted == GRAPHQL_JSON else 200
        headers = {}
        if (wait := _wait(response_data)) is not None:
            status, headers = 429, {"Retry-After": str(ceil(wait))}
        answer = Response(
            orjson.dumps(response_data), status, headers, media_type=sub_response.wanted
        )
        for cookie in sub_response.headers.getlist("Set-Cookie"):
            answer.headers.append("Set-Cookie", cookie)
        return answer

    def parse_json(self, data: str | bytes) -> Any:
        """JSON that could be a request; null, a number or a word never is one."""
        parsed = super().parse_json(data)
        if not isinstance(parsed, dict | list):
            raise HTTPException(400, "Send a JSON object")
        return parsed

    def decode_json(self, data: str | bytes) -> object:
        """Bytes or text to values. Raises `JSONDecodeError`, also for text that holds a NUL."""
        if NUL.search(data if isinstance(data, bytes) else data.encode()):
            raise JSONDecodeError("PostgreSQL keeps no NUL in text", "", 0)
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        """Values to text: sockets and event streams want no bytes."""
        return orjson.dumps(data).decode()


def _wait(response_data: Any) -> float | None:
    """Seconds to wait before asking again, if that is what the answer says."""
    if not isinstance(response_data, dict):
        return None
    told = [error.get("extensions", {}) for error in response_data.get("errors", ())]
    waits = [each["retryAfter"] for each in told if each.get("code") == RateLimited.code]
    return max(waits, default=None)


def _wanted(accept: str) -> str:
    return GRAPHQL_JSON if GRAPHQL_JSON in accept else JSON


def _refusal(request: HttpRequest, refused: HTTPException) -> Response:
    error = {"message": refused.reason[:LONGEST_MESSAGE], "extensions": {"code": "BAD_REQUEST"}}
    wanted = _wanted(request.headers.get("Accept", ""))
    return Response(orjson.dumps({"errors": [error]}), refused.status_code, media_type=wanted)
