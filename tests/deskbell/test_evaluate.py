"""`deskbell eval nets` as somebody with labelled lines uses it."""

import json

import pytest
from typer.testing import CliRunner

from deskbell.cli import app

ALARMED = {"text": "he is not breathing", "label": True, "lang": "en"}


def run(*arguments):
    return CliRunner().invoke(app, ["eval", "nets", *map(str, arguments)])


@pytest.fixture
def write(tmp_path):
    def write(*lines):
        path = tmp_path / "lines.jsonl"
        path.write_text(
            "\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines)
        )
        return path

    return write


def test_figures_are_told_by_language(write):
    path = write(ALARMED, {"text": "hola, una cita", "label": "none"}, {"text": "x", "label": 1})
    told = json.loads(run("--emergency", path, "--json").stdout)["emergency"]
    assert (told["overall"]["recall"], told["overall"]["false_alarm_rate"]) == (0.5, 0.0)
    assert set(told["by_language"]) == {"en", "unknown"}


@pytest.mark.parametrize("label", ["stop", "STOP", "optout", "opt-out", True, 1, "1", "true"])
def test_a_stop_may_be_labelled_in_many_ways(write, label):
    told = json.loads(run("--optout", write({"text": "STOP", "label": label}), "--json").stdout)
    assert told["optout"]["overall"]["recall"] == 1.0


@pytest.mark.parametrize("label", ["none", "not", "help", "start", "other", False, 0, None])
def test_so_may_what_is_none(write, label):
    told = json.loads(run("--optout", write({"text": "STOP", "label": label}), "--json").stdout)
    assert told["optout"]["overall"]["false_alarm_rate"] == 1.0


def test_spans_that_are_not_masked_whole_are_missed(write):
    text = "4242 4242 4242 4242 is it, and my house is 12"
    lines = {"text": text, "spans": [[0, 19], [43, 45]], "kinds": ["pan", "house"], "lang": "en"}
    told = json.loads(run("--cards", write(lines), "--json").stdout)["cards"]["overall"]
    assert told["recall_by_kind"] == {"card": 1.0, "house": 0.0}
    assert told["span_recall"] == 0.5


@pytest.mark.parametrize(
    "bad",
    [
        "no json", "[1]", {"label": True}, {"text": 5, "label": True}, {"text": "x"},
        {"text": "x", "label": {"a": 1}},
    ],
)  # fmt: skip
def test_a_bad_line_is_named(write, bad):
    done = run("--optout", write({"text": "STOP", "label": "stop"}, "", bad))
    assert done.exit_code == 2
    assert "line 3" in done.stderr


def test_a_span_outside_the_text_is_named(write):
    done = run("--cards", write({"text": "abc", "spans": [[0, 9]], "kinds": ["card"]}))
    assert (done.exit_code, "line 1" in done.stderr) == (2, True)


def test_a_missing_file_is_named(tmp_path):
    assert run("--cards", tmp_path / "none.jsonl").exit_code == 2
