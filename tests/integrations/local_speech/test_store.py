"""Weights from packages: found, joined, verified, kept."""

import pytest

from integrations.local_speech.store import ModelStore, WeightsMissing, matches
from tests.integrations.local_speech.weights import WHOLE, install, tiny_model


@pytest.fixture
def site(tmp_path, monkeypatch):
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    return folder


def test_parts_of_packages_are_joined(site, tmp_path):
    install(site)
    folder = ModelStore(tmp_path / "models").folder_of(tiny_model())
    assert (folder / "model.bin").read_bytes() == WHOLE


def test_a_verified_copy_outlives_its_package(site, tmp_path):
    install(site)
    store = ModelStore(tmp_path / "models")
    store.folder_of(tiny_model())
    (site / "tiny_part1/data/half").unlink()
    assert (store.folder_of(tiny_model()) / "model.bin").read_bytes() == WHOLE


def test_a_spoilt_copy_is_made_again(site, tmp_path):
    install(site)
    store = ModelStore(tmp_path / "models")
    spoilt = store.folder_of(tiny_model()) / "model.bin"
    spoilt.write_bytes(b"spoilt")
    store.folder_of(tiny_model())
    assert spoilt.read_bytes() == WHOLE


def test_missing_packages_are_named(site, tmp_path):
    install(site, parts=(1,))
    with pytest.raises(WeightsMissing, match="tiny-part1, tiny-part2"):
        ModelStore(tmp_path / "models").folder_of(tiny_model())


def test_wrong_weights_are_refused_and_not_kept(site, tmp_path):
    install(site)
    with pytest.raises(WeightsMissing, match="SHA-256"):
        ModelStore(tmp_path / "models").folder_of(tiny_model(digest="0" * 64))
    assert not list((tmp_path / "models/tiny").iterdir())


def test_the_operators_own_copy_comes_first(tmp_path):
    own = tmp_path / "own/tiny"
    own.mkdir(parents=True)
    (own / "model.bin").write_bytes(WHOLE)
    folder = ModelStore(tmp_path / "models", tmp_path / "own").folder_of(tiny_model())
    assert (folder / "model.bin").read_bytes() == WHOLE


def test_the_operators_own_copy_is_checked_too(tmp_path):
    own = tmp_path / "own/tiny"
    own.mkdir(parents=True)
    (own / "model.bin").write_bytes(b"something else")
    with pytest.raises(WeightsMissing, match="SHA-256"):
        ModelStore(tmp_path / "models", tmp_path / "own").folder_of(tiny_model())


def test_an_absent_file_matches_nothing(tmp_path):
    assert not matches(tmp_path / "absent", "0" * 64)
