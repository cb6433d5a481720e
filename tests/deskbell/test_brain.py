"""`deskbell eval brain` as somebody with labelled dialogues uses it."""

import json

import pytest
from typer.testing import CliRunner

from deskbell.brain import dialogues, entities
from deskbell.brain.measuring import SAMPLES
from deskbell.brain.noise import heard_badly
from deskbell.brain.reading import read
from deskbell.brain.simulation import simulate
from deskbell.cli import app


def run(*arguments):
    return CliRunner().invoke(app, ["eval", "brain", *map(str, arguments)])


@pytest.fixture(scope="module")
def recorded():
    return {line["id"]: line for line in read(SAMPLES / "dialogues.jsonl", "dialogues")}


@pytest.fixture(scope="module")
def figures(recorded):
    return dialogues.measure(list(recorded.values()))


@pytest.fixture
def write(tmp_path):
    def write(*lines):
        path = tmp_path / "lines.jsonl"
        path.write_text(
            "\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines)
        )
        return path

    return write


DIALOGUE = {"id": "own/9", "turns": [{"who": "caller", "text": "hello"}], "gold": {"name": "Ann"}}
ENTITY = {"id": "own/1", "type": "date", "text": "tomorrow", "value": "2022-01-02"}


def test_figures_are_told_as_json(write):
    told = json.loads(run("--entities", write(ENTITY), "--json").stdout)["entities"]
    assert (told["date"], told["date_time"], told["phone"]) == (1.0, 1.0, None)


def test_figures_are_told_as_a_table_of_a_page(write):
    printed = run("--entities", write(ENTITY), "--markdown").stdout
    assert "| entities.date | 1.0 |" in printed


def test_what_was_read_wrongly_counts_against_it(write):
    told = json.loads(run("--entities", write({**ENTITY, "value": "2022-01-03"}), "--json").stdout)
    assert told["entities"]["date"] == 0.0


@pytest.mark.parametrize(
    ("part", "good", "bad"),
    [
        ("--dialogues", DIALOGUE, "no json"),
        ("--dialogues", DIALOGUE, [1]),
        ("--dialogues", DIALOGUE, {**DIALOGUE, "turns": []}),
        ("--dialogues", DIALOGUE, {**DIALOGUE, "turns": [{"who": "cat", "text": "meow"}]}),
        ("--dialogues", DIALOGUE, {**DIALOGUE, "gold": ["Ann"]}),
        ("--dialogues", DIALOGUE, {**DIALOGUE, "tenant": {"providers": "Ann"}}),
        ("--dialogues", DIALOGUE, {**DIALOGUE, "ref_datetime": "soon"}),
        ("--entities", ENTITY, {**ENTITY, "type": "colour"}),
        ("--entities", ENTITY, {**ENTITY, "text": None}),
        ("--entities", ENTITY, {**ENTITY, "nbest": "tomorrow"}),
    ],
)
def test_a_line_of_another_shape_is_named(write, part, good, bad):
    done = run(part, write(good, "", bad))
    assert (done.exit_code, "line 3" in done.stderr) == (2, True)


def test_a_missing_file_is_named(tmp_path):
    assert run("--dialogues", tmp_path / "none.jsonl").exit_code == 2


def test_samples_are_followed_to_their_end(figures):
    assert figures.core_task_success["own"] == 1.0
    assert figures.core_task_success["all"] >= 0.8
    assert set(figures.slots) == {"all", "own", "star", "multidogo"}


def test_nothing_wrong_is_booked(figures):
    assert figures.commits["simulation"]["committed"] >= 6
    assert figures.commits["simulation"]["wrong"] == 0


def test_our_receptionist_books_what_the_caller_wants(recorded):
    done = simulate(recorded["own/2"])
    assert done.booked
    assert (done.known["provider"], done.known["date"].isoformat()) == (
        "7 Barber Lane",
        "2026-11-20",
    )


def test_a_time_that_was_taken_in_the_recording_is_taken_in_the_calendar(recorded):
    done = simulate(recorded["own/1"])
    assert done.known["time"].isoformat() == "14:30:00"
    assert any("2:30" in words for words in done.said)


def test_a_caller_whose_wish_is_never_met_books_nothing(recorded):
    closed = {**recorded["own/1"], "gold": {**recorded["own/1"]["gold"], "time": "23:30"}}
    assert not simulate(closed).booked


def test_words_are_heard_badly_in_the_same_way_each_time():
    words = "Hi, I need an appointment with my dentist for two people, please."
    heard = heard_badly(words, 0.5, "own/1")
    assert heard == heard_badly(words, 0.5, "own/1") != words.lower()
    assert heard_badly("At 2:30 PM, please.", 0, "own/1") == "at 2:30 pm please"


def test_a_badly_heard_wish_books_nothing_wrong(recorded):
    done = simulate(recorded["own/1"], noise=0.3)
    assert not done.booked or done.known["provider"] == "Maple Dental"


def test_guesses_of_a_recogniser_are_read_until_one_fits():
    heard = ["25031 993", "25031 1990"]
    line = {"id": "evi/1", "type": "date", "text": heard[0], "nbest": heard, "source": "EVI"}
    line |= {"value": "1993-03-25", "context_slot": "date_of_birth"}
    assert entities.is_found(line)
