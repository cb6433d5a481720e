"""Cookies by kind, and a browser's wish that nothing be shared."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api import choices, problems

URL = "https://desk.test"


@pytest.fixture
def visitor():
    app = Starlette(routes=choices.routes(secure=True), exception_handlers=problems.HANDLERS)
    return TestClient(app, base_url=URL)


@pytest.mark.promise("P029")
def test_without_a_choice_only_what_is_essential_is_set(visitor):
    told = visitor.get("/privacy/choices").json()
    assert told == {
        "essential": True,
        "analytics": False,
        "functional": False,
        "marketing": False,
        "gpc": False,
    }
    assert not visitor.cookies


@pytest.mark.promise("P029")
@pytest.mark.parametrize("kind", choices.KINDS)
def test_each_kind_is_chosen_by_itself(visitor, kind):
    visitor.post("/privacy/choices", json={kind: True})
    told = visitor.get("/privacy/choices").json()
    assert [each for each in choices.KINDS if told[each]] == [kind]


def test_a_choice_can_be_taken_back(visitor):
    visitor.post("/privacy/choices", json=dict.fromkeys(choices.KINDS, True))
    visitor.post("/privacy/choices", json={})
    assert not any(visitor.get("/privacy/choices").json()[kind] for kind in choices.KINDS)


@pytest.mark.promise("P127")
@pytest.mark.law("L35")
def test_a_browser_that_says_no_is_heard_whatever_was_chosen(visitor):
    visitor.post("/privacy/choices", json={"marketing": True, "analytics": True})
    told = visitor.get("/privacy/choices", headers={"Sec-GPC": "1"}).json()
    assert (told["marketing"], told["analytics"], told["gpc"]) == (False, True, True)
    assert visitor.get("/privacy/choices").json()["marketing"]


@pytest.mark.law("L35")
def test_support_of_the_signal_is_declared(visitor):
    assert visitor.get("/.well-known/gpc.json").json()["gpc"] is True


@pytest.mark.parametrize("body", [b"", b"[]", b'{"essential": false}', b'{"all": true}'])
def test_what_cannot_be_chosen_is_refused(visitor, body):
    assert visitor.post("/privacy/choices", content=body).status_code == 422


def test_a_cookie_with_anything_else_says_nothing(visitor):
    visitor.cookies.set(choices.COOKIE, "essential.everything")
    assert not any(visitor.get("/privacy/choices").json()[kind] for kind in choices.KINDS)
