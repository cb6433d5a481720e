"""Certificates are checked where there is no server, by whoever has the file."""

import json

import pytest
from typer.testing import CliRunner

from deskbell.cli import app
from domain.erasure.certificates import FIRST, Signer, hash_of

SIGNER = Signer(b"s" * 32)
SAID = {
    "subject": "contact",
    "gone_at": "2026-11-16T15:00:00+00:00",
    "rule": {"reason": "request", "text": "the person asked for it"},
    "rows": {"deleted": {"call": 2}, "cleared": {}},
    "keys": {"destroyed": 3},
    "open": [{"holder": "crm", "state": "failed", "rows": 0, "note": ""}],
    "residues": [{"where": "backups", "what": "noise", "until": "2026-12-16"}],
    "tenant": "t",
}


@pytest.fixture
def files(tmp_path):
    """Two certificates that follow each other."""
    first = SIGNER.sign({**SAID, "number": 1, "previous": FIRST})
    second = SIGNER.sign({**SAID, "number": 2, "previous": hash_of(first)})
    paths = [tmp_path / "1.json", tmp_path / "2.json"]
    for path, file in zip(paths, (first, second), strict=True):
        path.write_text(file)
    return paths


def verify(*words):
    return CliRunner().invoke(app, ["certificate", "verify", *map(str, words)])


@pytest.mark.promise("P073")
def test_a_certificate_is_checked_offline(files):
    done = verify(*files, "--key", SIGNER.public_key)
    assert done.exit_code == 0
    assert "✓ 1: contact" in done.stdout
    assert "open: crm: failed" in done.stdout
    assert "until 2026-12-16: backups" in done.stdout


def test_scripts_read_what_it_says(files):
    [first, _] = json.loads(verify(*files, "--json").stdout)
    assert (first["number"], first["known"], first["keys"]) == (1, False, {"destroyed": 3})


def test_another_key_is_not_believed(files):
    done = verify(*files, "--key", Signer(b"x" * 32).public_key)
    assert (done.exit_code, "Another key" in done.stderr) == (1, True)


def test_a_changed_file_is_not_believed(files):
    files[0].write_text(files[0].read_text().replace("call", "turn"))
    done = verify(files[0])
    assert (done.exit_code, "changed, or forged" in done.stderr) == (1, True)


def test_a_missing_one_is_seen(files):
    third = SIGNER.sign({**SAID, "number": 4, "previous": FIRST})
    files[0].write_text(third)
    assert verify(*files).exit_code == 1
