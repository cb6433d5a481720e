"""The index of words as an operator looks after it."""

import json


def test_every_business_is_indexed(house):
    opened = house.json("tenant", "create", "Found", "--slug", "found", "--email", "o@found.test")
    assert opened["id"]
    counted = house.json("search", "reindex")
    assert counted["found"] == dict.fromkeys(("turn", "summary", "message", "contact", "lead"), 0)
    told = house.say("search", "reindex", "--tenant", "found")
    assert told.stdout.strip() == "found: 0 turn, 0 summary, 0 message, 0 contact, 0 lead"


def test_what_was_done_is_not_done_again(house):
    opened = house.json("tenant", "create", "Again", "--slug", "again", "--email", "o@again.test")
    notes = house.home / "search-reindex.json"
    notes.write_text(json.dumps({f"{opened['id']} turn": "done"}))
    assert "turn" not in house.json("search", "reindex", "--tenant", "again")["again"]
    # All is done, so the next one begins anew.
    assert not notes.exists()
    assert "turn" in house.json("search", "reindex", "--tenant", "again")["again"]


def test_one_can_begin_anew(house):
    opened = house.json("tenant", "create", "Anew", "--slug", "anew", "--email", "o@anew.test")
    notes = house.home / "search-reindex.json"
    notes.write_text(json.dumps({f"{opened['id']} turn": "done"}))
    counted = house.json("search", "reindex", "--tenant", "anew", "--again")
    assert "turn" in counted["anew"]


def test_a_business_that_is_not_there_is_named(house):
    done = house.say("search", "reindex", "--tenant", "nobody")
    assert (done.exit_code, done.stderr.strip()) == (1, "There is no business nobody")
