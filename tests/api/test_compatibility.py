"""What breaks clients is found, and what was announced for long enough may go."""

from datetime import date

import pytest

from api.graphql.compatibility import breaks, careless, deprecations
from api.graphql.schema import print_sdl

TODAY = date(2027, 6, 1)
RELEASED = """
type Query { call(id: ID!, brief: Boolean = true): Call  find(input: FindInput!): Found }
type Call { state: State  note: String }
enum State { RINGING ENDED }
input FindInput { words: String }
interface UserError { message: String! }
type NotFoundError implements UserError { message: String! }
union Found = Call | NotFoundError
"""
RIPE = '@deprecated(reason: "Use `words`. (since 2026-11-26, until 2027-05-25)")'
GREEN = '@deprecated(reason: "Use `words`. (since 2027-01-01, until 2027-07-01)")'
HASTY = '@deprecated(reason: "Use `words`. (since 2026-11-26, until 2026-12-26)")'


def changed(old, new, released=RELEASED):
    assert old in released
    return breaks(released, released.replace(old, new), TODAY)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("  note: String", "", "FIELD_REMOVED"),
        ("note: String", "note: Int", "FIELD_CHANGED_KIND"),
        (" ENDED", "", "VALUE_REMOVED_FROM_ENUM"),
        (", brief: Boolean = true", "", "ARG_REMOVED"),
        ("= true", "= false", "ARG_DEFAULT_VALUE_CHANGE"),
        ("words: String", "words: String!", "FIELD_CHANGED_KIND"),
        ("words: String", "words: String  more: Int!", "REQUIRED_INPUT_FIELD_ADDED"),
        (" | NotFoundError", "", "TYPE_REMOVED_FROM_UNION"),
        ("= Call |", "= Call | Lead |", "TYPE_ADDED_TO_UNION"),
        ("type NotFoundError implements UserError", "type NotFoundError", "IMPLEMENTED_INTERFACE"),
    ],
)
def test_what_breaks_clients_is_found(old, new, kind):
    released = RELEASED + "type Lead { need: String }"
    [told] = changed(old, new, released)
    assert told.startswith(kind)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("note: String", "note: String!"),
        ("note: String", "note: String  summary: String"),
        ("ENDED", "ENDED LOST"),
        ("brief: Boolean = true", "brief: Boolean = true, deep: Boolean"),
        ("words: String", "words: String  more: Int"),
        ("type Call {", 'type Call { "About." about: String'),
        (
            "union Found =",
            "type LateError implements UserError { message: String! } union Found = LateError |",
        ),
    ],
)
def test_what_only_adds_is_not(old, new):
    assert changed(old, new) == []


@pytest.mark.parametrize(
    ("mark", "gone"), [(RIPE, True), (GREEN, False), (HASTY, False), ("@deprecated", False)]
)
def test_what_was_announced_for_long_enough_may_go(mark, gone):
    for old in ("note: String", "ENDED", "brief: Boolean = true", "words: String"):
        released = RELEASED.replace(old, f"{old} {mark}")
        new = released.replace(f"{old} {mark}", "other: Int" if old[0] in "nw" else "")
        assert (breaks(released, new, TODAY) == []) == gone, old


def test_what_only_led_to_what_is_gone_goes_with_it():
    new = "type Query { call: Call } type Call { state: String }"
    released = new.replace("call: Call", f"call: Call  old: Old {RIPE}")
    released += "type Old { more: Older } type Older { x: Int }"
    assert breaks(released, new, TODAY) == []


def test_what_something_else_leads_to_stays():
    released = f"type Query {{ call: Call  old: Call {RIPE} }} type Call {{ state: String }}"
    [told, *_] = breaks(released, "type Query { call: Int }", TODAY)
    assert told == "TYPE_REMOVED: Call was removed."


def test_a_deprecation_says_for_how_long_its_field_stays():
    for mark in (HASTY, "@deprecated", '@deprecated(reason: "Old.")'):
        [told] = careless(RELEASED.replace("note: String", f"note: String {mark}"))
        assert told.startswith("Call.note: ")
    assert careless(RELEASED.replace("note: String", f"note: String {GREEN}")) == []


def test_an_argument_and_a_value_are_named_by_where_they_are():
    sdl = RELEASED.replace("brief: Boolean = true", f"brief: Boolean = true {RIPE}")
    sdl = sdl.replace("ENDED", f"ENDED {RIPE}")
    assert [each.of for each in deprecations(sdl)] == ["Query.call.brief", "State.ENDED"]


def test_our_own_deprecations_say_for_how_long():
    assert careless(print_sdl()) == []
