"""Which vendors a deployment has follows from its settings; what is stated of them from a file."""

import json

import pytest
from pydantic import ValidationError

from deskbell.settings import Settings
from deskbell.vendors import EVERYTHING, vendors
from domain.personal import DataClass
from domain.privacy.recipients import TransferBasis


def settings(**given):
    return Settings(_env_file=None, **given)


def by_service(**given):
    return {each.service: each for each in vendors(settings(**given))}


@pytest.mark.promise("P118", "P124")
def test_one_machine_has_no_vendor_but_itself():
    [machine] = vendors(settings(database_url=None, redis_url=None))
    assert machine.service == "computers"
    assert machine.data == EVERYTHING
    assert not machine.is_described


@pytest.mark.promise("P118")
def test_what_is_set_up_is_a_vendor():
    found = by_service(
        DATABASE_URL="postgres://u@db.example/x",
        smtp_url="smtp://mail.example:587",
        storage_url="s3://bucket/prefix",
        vonage_application_id="1",
        sentry_dsn="https://k@sentry.example/1",
        stripe_tills_file="tills.json",
    )
    names = {service: each.name for service, each in found.items()}
    assert names["database"] == "db.example"
    assert names["e-mail"] == "mail.example"
    assert names["telephone network"] == "Vonage"
    assert names["reports of faults"] == "sentry.example"
    assert names["pages to pay at"] == "Stripe"
    assert DataClass.RECORDING in found["telephone network"].data


def test_a_folder_of_ones_own_is_no_vendor():
    assert "file:///recordings" not in str(vendors(settings(storage_url="file:///recordings")))


@pytest.mark.promise("P119", "P123")
def test_what_is_stated_is_told(tmp_path):
    stated = {
        "mail": {"name": "Mail Inc.", "country": "US", "transfer": "standard_clauses"},
        "machines": {"name": "Hosting GmbH", "country": "DE", "task_only": True, "baa": True},
    }
    path = tmp_path / "vendors.json"
    path.write_text(json.dumps(stated))
    found = by_service(vendors_file=path, smtp_url="smtp://mail.example")
    assert found["e-mail"].name == "Mail Inc."
    assert found["e-mail"].transfer is TransferBasis.STANDARD_CLAUSES
    assert found["e-mail"].is_described
    assert (found["computers"].task_only, found["computers"].baa) == (True, True)
    assert not found["computers"].is_described


@pytest.mark.parametrize(
    "wrong",
    [
        {"post": {}},
        {"mail": {"country": "Germany"}},
        {"mail": {"transfer": "privacy_shield"}},
        {"mail": {"nice": True}},
    ],
)
def test_what_cannot_be_is_refused(tmp_path, wrong):
    path = tmp_path / "vendors.json"
    path.write_text(json.dumps(wrong))
    with pytest.raises(ValidationError):
        vendors(settings(vendors_file=path))
