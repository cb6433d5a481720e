"""GraphiQL is served whole by ourselves, to developers only."""

import gzip
import hashlib
import re

import pytest

from api.graphql.graphiql.page import HERE, OURS, VENDORED
from tests.api.conftest import browse, build_app

HTML = {"Accept": "text/html"}
ELSEWHERE = re.compile(r"""(?:src|href)=["']?(?:https?:)?//""")
LARGEST = 1_500_000


@pytest.fixture
async def page(stranger):
    response = await stranger.http.get("/graphql", headers=HTML)
    assert response.status_code == 200
    return response


def named_in(html: str) -> list[str]:
    return re.findall(r'(?:src|href)="(graphql/[^"]+)"', html)


async def test_the_page_names_nothing_of_anybody_elses(page):
    assert ELSEWHERE.findall(page.text) == []
    assert {name.rpartition("/")[2] for name in named_in(page.text)} == {*OURS, *VENDORED}


async def test_everything_the_page_names_is_there(stranger, page):
    for name in named_in(page.text):
        asset = await stranger.http.get(f"/{name}")
        kind = "text/css" if name.endswith("css") else "text/javascript"
        assert (asset.status_code, asset.headers["Content-Type"].split(";")[0]) == (200, kind)
        assert len(asset.text) > 100


async def test_the_page_may_load_from_here_only(page):
    policy = dict(
        directive.split(" ", 1) for directive in page.headers["Content-Security-Policy"].split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert "<script>" not in page.text


async def test_the_page_knows_our_cookie_and_header(page):
    assert 'data-csrf-cookie="deskbell_csrf"' in page.text
    assert 'data-csrf-header="X-CSRF-Token"' in page.text


@pytest.mark.parametrize("name", ["page.py", "README.md", "vendored", "..%2fpage.html", ""])
async def test_nothing_else_of_the_folder_is_served(stranger, name):
    assert (await stranger.http.get(f"/graphql/ide/{name}")).status_code == 404


async def test_nothing_of_it_is_there_in_production(unit_of_work, live):
    async with browse(build_app(unit_of_work, live, production=True)) as browser:
        assert (await browser.http.get("/graphql", headers=HTML)).status_code == 404
        for name in (*OURS, *VENDORED):
            assert (await browser.http.get(f"/graphql/ide/{name}")).status_code == 404


def test_what_is_vendored_is_what_its_authors_published():
    told = dict(re.findall(r"^\| `(\S+)` \|.*\| `(\w{64})` \|$", readme(), re.MULTILINE))
    assert told == {
        name: hashlib.sha256(gzip.decompress(packed(name))).hexdigest() for name in VENDORED
    }


def test_what_is_vendored_is_small():
    assert sum(len(packed(name)) for name in VENDORED) < LARGEST


def readme() -> str:
    return (HERE / "vendored" / "README.md").read_text()


def packed(name: str) -> bytes:
    return (HERE / "vendored" / f"{name}.gz").read_bytes()
