"""Requests that were written to hurt: each is a name and the body of a `POST /graphql`."""

import json
from collections.abc import Iterator
from typing import Any

# As much as one body may hold, less what is wrapped around it.
MEGABYTE = 990_000
INTROSPECTION = "{ __schema { types { fields { type { ofType { ofType { name } } } } } } }"
ADD = "mutation ($n: String!) { contactAdd(input: {name: $n}) { __typename } }"
CONFIGURE = (
    "mutation ($s: JSON!) { pluginConfigure(input: {plugin: "
    '"notify", settings: $s}) { __typename } }'
)


def asked(query: Any, **more: Any) -> bytes:
    """A body as a client writes it."""
    return json.dumps({"query": query, **more}).encode()


def nested(opening: str, inner: str, closing: str, levels: int) -> str:
    """Something within itself, many times."""
    return opening * levels + inner + closing * levels


def deep() -> Iterator[tuple[str, bytes]]:
    """What goes down further than a stack does."""
    yield "selections", asked("query " + nested("{ tenant ", "", " }", 60_000))
    yield "selections within the tokens allowed", asked("query " + nested("{a", "{b}", "}", 900))
    yield "lists in a literal", asked(f"{{ node(id: {nested('[', '1', ']', 900)}) {{ id }} }}")
    yield "many lists", asked(f"{{ node(id: {nested('[', '1', ']', 200_000)}) {{ id }} }}")
    yield "objects in a literal", asked(f"{{ node(id: {nested('{a:', '1', '}', 600)}) {{ id }} }}")
    yield "types of a variable", asked(f"query ($v: {nested('[', 'Int', ']', 900)}) {{ version }}")
    yield "JSON", nested("[", "1", "]", 400_000).encode()
    yield (
        "JSON in a variable",
        asked(ADD, variables={"n": "x"})[:-2] + (nested("[", "1", "]", 200_000).encode() + b"}}"),
    )
    yield "a JSON scalar", asked(CONFIGURE, variables={"s": _boxes(240)})
    yield "inline fragments", asked("query {" + nested("... {", "version", "}", 900) + "}")


def _boxes(levels: int) -> Any:
    box: Any = {}
    for _ in range(levels):
        box = {"to": [box]}
    return box


def wide() -> Iterator[tuple[str, bytes]]:
    """What asks for very much at once."""
    yield "fields", asked("{" + "version " * 100_000 + "}")
    yield (
        "the same field, so that each is compared with each",
        asked("{ tenant {" + "name " * 1_900 + "} }"),
    )
    yield "the same object", asked("{" + "tenant { name } " * 480 + "}")
    yield "aliases", asked("{" + " ".join(f"a{n}: version" for n in range(50_000)) + "}")
    yield "operations", asked(" ".join(f"query Q{n} {{ version }}" for n in range(20_000)))
    yield "directives", asked("{ version " + "@skip(if: false) " * 390 + "}")
    yield (
        "variables",
        asked("query (" + " ".join(f"$v{n}: Int" for n in range(20_000)) + ") { version }"),
    )
    yield "arguments", asked("{ node(" + " ".join(f'id{n}: "x"' for n in range(600)) + ") { id } }")
    yield (
        "pages of pages",
        asked(
            "{ tenant { calls(first: 100) { edges { node { conversation { turns { id } contact"
            " { disclosures(first: 100) { edges { node { id } } } } } } } } } }"
        ),
    )
    yield "a list in a variable", asked(ADD, variables={"n": ["x"] * 100_000})
    yield "introspection", asked(INTROSPECTION)


def fragments() -> Iterator[tuple[str, bytes]]:
    """What grows when it is written out."""
    bomb = " ".join(f"fragment F{n} on Tenant {{ ...F{n + 1} ...F{n + 1} }}" for n in range(150))
    yield "a bomb", asked(f"{{ tenant {{ ...F0 }} }} {bomb} fragment F150 on Tenant {{ name }}")
    yield "a ring", asked("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }")
    yield (
        "a long ring",
        asked(
            "{ ...F0 } "
            + " ".join(f"fragment F{n} on Query {{ ...F{(n + 1) % 200} }}" for n in range(200))
        ),
    )
    yield (
        "a chain",
        asked(
            "{ ...F0 } "
            + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(240))
            + " fragment F240 on Query { version }"
        ),
    )
    yield "spread often", asked("{" + "...A " * 450 + "} fragment A on Query { version }")
    yield (
        "unused",
        asked(
            "{ version } " + " ".join(f"fragment F{n} on Query {{ version }}" for n in range(250))
        ),
    )


def huge() -> Iterator[tuple[str, bytes]]:
    """Single values of great size."""
    yield "a number", asked(f"{{ tenant {{ calls(first: {'9' * 500_000}) {{ __typename }} }} }}")
    yield "a fraction", asked(f"{{ node(id: 1.{'3' * 500_000}) {{ id }} }}")
    yield "an exponent", asked("{ node(id: 1e999999999) { id } }")
    yield "a string", asked(f'{{ node(id: "{"x" * MEGABYTE}") {{ id }} }}')
    yield "a block of text", asked('{ node(id: """' + " \n" * 300_000 + '""") { id } }')
    yield "a name", asked("{" + "x" * MEGABYTE + "}")
    yield "a comment", asked("#" + "x" * MEGABYTE + "\n{ version }")
    yield "blanks", asked(" ," * 400_000 + "{ version }")
    yield "escapes", asked('{ node(id: "' + r"\u0061" * 100_000 + '") { id } }')
    yield "a variable", asked(ADD, variables={"n": "x" * MEGABYTE})
    yield (
        "an integer in JSON",
        b'{"query": "{ version }", "variables": {"n": ' + b"9" * 900_000 + b"}}",
    )
    yield "too much", asked("#" + "x" * 2_000_000 + "\n{ version }")


def odd() -> Iterator[tuple[str, bytes]]:
    """Bodies that are no request, or hardly one."""
    for name, query in {
        "a number": 5,
        "a list": ["{ version }"],
        "an object": {},
        "null": None,
    }.items():
        yield f"{name} for a document", asked(query)
    for name in ("variables", "extensions", "operationName"):
        for value in (5, "x", [1], {"a": {"b": []}}):
            yield f"{value!r} for {name}", asked("{ version }", **{name: value})
    yield "no moment", asked('{ tenant { appointments(from: "yesterday") { __typename } } }')
    yield "a batch", json.dumps([{"query": "{ version }"}] * 1_000).encode()
    yield "nothing", b""
    yield "a half", b'{"query": "{ vers'
    yield "no UTF-8", b'{"query": "\xff\xfe"}'
    yield "half a pair", rb'{"query": "{ node(id: \"\ud800\") { id } }"}'
    yield (
        "half a pair in a variable",
        rb'{"query": "query ($i: ID!) { node(id: $i) { id } }", "variables": {"i": "\ud800"}}',
    )
    yield "a NUL", rb'{"query": "{ version }\u0000"}'
    yield "a mark of the order of bytes", b"\xef\xbb\xbf" + asked("{ version }")
    yield (
        "an unknown document",
        asked(None, extensions={"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}),
    )
    yield "a document by a number", asked(None, extensions={"persistedQuery": {"sha256Hash": 5}})
    yield "a deferred answer", asked("{ tenant { ... @defer { name } } }")
    yield "a subscription as a query", asked("subscription { callUpdated(callId: 1) { id } }")


CORPUS = {
    f"{family.__name__}: {name}": body
    for family in (deep, wide, fragments, huge, odd)
    for name, body in family()
}
