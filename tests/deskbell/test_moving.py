"""A business moves by two commands, whole or not at all."""

import json
import zipfile

import pytest


@pytest.fixture(scope="module")
def moved(house):
    """A business, the file it was packed into, and where it arrived."""
    named = ("--slug", "mover", "--email", "o@mover.test", "--timezone", "Europe/Berlin")
    house.json("tenant", "create", "Mover & Sons", *named, "--region", "DE")
    file = house.folder / "mover.zip"
    packed = house.json("tenant", "export", "mover", "--to", str(file))
    assert packed["bytes"] == file.stat().st_size
    arrived = ("--slug", "arrived", "--email", "o@arrived.test")
    made = house.json("tenant", "import", str(file), *arrived)
    return file, made


def canonical(file):
    return json.loads(zipfile.ZipFile(file).read("manifest.json"))["canonical"]


@pytest.mark.promise("P074")
def test_a_business_that_moved_is_packed_into_the_same(house, moved):
    """Its name, time zone and country have come along: the digest is over them too."""
    file, made = moved
    assert made["password"]
    again = house.folder / "again.zip"
    house.json("tenant", "export", "arrived", "--to", str(again))
    assert canonical(again) == canonical(file)


def test_only_its_owner_reads_the_file(moved):
    assert moved[0].stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_stays(house, moved):
    before = moved[0].read_bytes()
    done = house.say("tenant", "export", "mover", "--to", str(moved[0]))
    assert (done.exit_code, moved[0].read_bytes()) == (1, before)


def test_a_damaged_file_opens_nothing(house, moved):
    damaged = house.folder / "damaged.zip"
    damaged.write_bytes(moved[0].read_bytes()[:-100])
    named = ("--slug", "damaged", "--email", "o@damaged.test")
    done = house.say("tenant", "import", str(damaged), *named)
    assert done.exit_code == 1
    assert "this is no whole ZIP file" in done.stderr
    # The short name and the address are free still.
    house.json("tenant", "import", str(moved[0]), *named)


def test_a_short_name_that_is_taken_takes_nothing_in(house, moved):
    named = ("--slug", "arrived", "--email", "other@arrived.test")
    done = house.say("tenant", "import", str(moved[0]), *named)
    assert done.exit_code == 1
    assert "arrived" in done.stderr


def test_nobody_is_packed_who_is_not_there(house, moved):
    done = house.say("tenant", "export", "nobody", "--to", str(house.folder / "none.zip"))
    assert (done.exit_code, done.stderr.strip()) == (1, "There is no tenant nobody")
