"""Known documents: asked for by their hash, and where an operator wants it, no others."""

import json

import pytest

from api.graphql.documents import Documents, hash_of
from domain.errors import InvalidInput
from tests.api.conftest import browse, build_app, owner_of

NAME = "{ tenant { name } }"
KNOWN = {hash_of(NAME): NAME}


@pytest.fixture
async def ask(unit_of_work, live, scope):
    """Sends a body to an application that knows these documents; gives the answer."""

    async def sent(body, *, only=False):
        app = build_app(unit_of_work, live, documents=Documents(KNOWN, only))
        async with browse(app) as browser:
            await browser.sign_in(owner_of(scope))
            response = await browser.http.post("/graphql", json=body, headers=browser.headers)
        return response.json()

    return sent


def by_hash(hashed=hash_of(NAME), **body):
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hashed}}, **body}


def code(answer):
    [error] = answer["errors"]
    return error["extensions"]["code"]


@pytest.mark.parametrize("only", [False, True])
async def test_a_hash_stands_for_its_document(ask, scope, only):
    assert (await ask(by_hash(), only=only))["data"]["tenant"]["name"] == scope.tenant.name


@pytest.mark.parametrize("only", [False, True])
async def test_a_known_document_may_be_sent_as_text(ask, only):
    assert (await ask({"query": NAME}, only=only))["data"]["tenant"]
    assert (await ask(by_hash(query=NAME), only=only))["data"]["tenant"]


async def test_an_unknown_document_is_refused_where_only_known_ones_run(ask):
    body = {"query": "{ tenant { slug } }"}
    assert (await ask(body))["data"]["tenant"]
    assert code(await ask(body, only=True)) == "DOCUMENT_NOT_TRUSTED"


async def test_an_unknown_hash_is_not_learnt(ask):
    other = "{ version }"
    body = by_hash(hash_of(other), query=other)
    assert code(await ask(body)) == "PERSISTED_QUERY_NOT_FOUND"
    assert code(await ask(by_hash(hash_of(other)))) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize("hashed", ["", "abc", "g" * 64, "A" * 64])
async def test_what_is_no_hash_is_refused(ask, hashed):
    assert code(await ask(by_hash(hashed))) == "INVALID_INPUT"


async def test_a_hash_and_another_text_do_not_go_together(ask):
    assert code(await ask(by_hash(query="{ version }"))) == "INVALID_INPUT"


@pytest.mark.parametrize("extensions", [{"persistedQuery": 3}, {"persistedQuery": {}}, {}])
async def test_other_extensions_are_none_of_ours(ask, extensions):
    assert (await ask({"query": NAME, "extensions": extensions}))["data"]["tenant"]


def test_a_list_must_hold_what_it_says(tmp_path):
    path = tmp_path / "documents.json"
    path.write_text(json.dumps(KNOWN))
    assert Documents.read(path, only=True) == Documents(KNOWN, only=True)
    path.write_text(json.dumps({hash_of(NAME): "{ version }"}))
    with pytest.raises(InvalidInput):
        Documents.read(path, only=True)
