"""A certificate says what went and by which rule, names nobody, and cannot be changed unseen."""

import json
from datetime import datetime, timedelta

import pytest

from domain import contacts, exports
from domain.erasure.certificates import FIRST, Signer, canonical, chain, hash_of, read
from domain.erasure.errors import NotACertificate
from domain.erasure.models import ErasureState
from domain.personal import Source
from domain.sync.models import SyncKind
from tenants.policy import service as policy
from tests.factories.callers import ring
from tests.factories.erasures import SIGNER
from tests.factories.policies import PEOPLE


@pytest.fixture
async def certificate(office, line):
    await office.ask(line.caller.contact_id)
    await office.work()
    [certificate] = await office.certificates()
    return certificate


@pytest.mark.promise("P073")
async def test_a_certificate_says_what_went_and_why(certificate, line):
    assert certificate["rule"]["reason"] == "request"
    assert certificate["rows"]["deleted"]["call"] == 1
    assert certificate["classes"]["recording"] == {"recording": 1}
    assert certificate["objects"] == {"folders": 1}
    # Of the contact and of the conversation.
    assert certificate["keys"]["destroyed"] >= 2
    assert {"turn", "contact", "webhook_exchange"} <= set(certificate["scope"]["tables"])
    assert (certificate["open"], certificate["number"], certificate["previous"]) == ([], 1, FIRST)


@pytest.mark.promise("P065")
async def test_nothing_is_in_a_backup_after_thirty_days(certificate, clock):
    until = {each["where"]: each["until"] for each in certificate["residues"]}
    assert (
        until["backups of the main database"]
        <= (clock.now() + timedelta(days=30)).date().isoformat()
    )


@pytest.mark.promise("P065")
async def test_backups_last_as_long_as_the_operator_promises(office, line, unit_of_work, staff):
    shorter = {"backups": "P12D", **PEOPLE}
    async with unit_of_work(staff) as uow:
        version = await policy.adopt(uow, policy.Draft(shorter))
    await office.ask(line.caller.contact_id)
    await office.work()
    [certificate] = await office.certificates()
    until = {each["until"] for each in certificate["residues"] if "backups" in each["where"]}
    gone = datetime.fromisoformat(certificate["gone_at"])
    assert until == {(gone + timedelta(days=12)).date().isoformat()}
    assert version.profile["backups"] == "P12D"


async def test_a_certificate_names_nobody(certificate, line, office):
    [file] = await office.files()
    digits = line.caller.phone.lstrip("+")
    for word in ("Anna", "Lee", digits, digits[1:], str(line.caller.contact_id)):
        assert word not in file
    assert str(line.caller.conversation_id) not in file


async def test_what_stays_is_named_with_its_reason(certificate):
    kept = {each["table"]: each["why"] for each in certificate["kept"]}
    assert "must be shown" in kept["audit_entry"]
    assert all(kept.values())


async def test_certificates_are_chained(office, unit_of_work, scope):
    for _ in range(2):
        caller = await ring(unit_of_work, scope)
        await office.ask(caller.contact_id)
        office.way.wait(timedelta(hours=1))
        await office.work()
    files = await office.files()
    first, second = chain(files, SIGNER.public_key)
    assert (second.statement["number"], second.statement["previous"]) == (2, hash_of(files[0]))
    assert first.known
    with pytest.raises(NotACertificate, match="does not name the one before it"):
        chain([files[0], SIGNER.sign({**second.statement, "previous": FIRST})])


@pytest.fixture
def file():
    return SIGNER.sign({"number": 1, "tenant": "t", "previous": FIRST})


def test_a_changed_certificate_is_seen(file):
    changed = file.replace('"number":1', '"number":2')
    with pytest.raises(NotACertificate, match="changed, or forged"):
        read(changed)


def test_a_certificate_of_somebody_else_is_not_known(file):
    forged = Signer(b"x" * 32).sign({"number": 1, "tenant": "t", "previous": FIRST})
    assert read(file, SIGNER.public_key).known
    assert not read(forged, SIGNER.public_key).known
    assert not read(file).known


def test_what_is_no_certificate_is_refused(file):
    for other in (
        "",
        "{}",
        "[]",
        "1",
        '{"certificate":{},"signature":""}',
        file[:-9],
        "x" * 2_000_000,
    ):
        with pytest.raises(NotACertificate):
            read(other)


def test_there_is_one_way_to_write_a_certificate(file):
    with pytest.raises(NotACertificate, match="canonical"):
        read(json.dumps(json.loads(file), indent=1))
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()


@pytest.mark.law("L27", "L34")
async def test_whoever_fails_to_forget_is_an_open_item_until_they_do(office, unit_of_work, scope):
    await office.use_crm()
    async with unit_of_work(scope) as uow:
        details = contacts.Details(name="Cleo Crm", phone="+12125550188")
        contact = await contacts.add(uow, details, source=Source.CALLER)
    await office.work(1)
    assert office.holder.people[contact.id]["name"] == "Cleo Crm"
    office.holder.broken = True
    asked = await office.ask(contact.id)
    for _ in range(6):
        await office.work(1)
        office.way.wait(timedelta(hours=12))
    assert office.holder.asked > 1
    assert (await office.look(asked.id)).state is ErasureState.OPEN
    [first] = await office.certificates()
    [item] = first["open"]
    assert (item["holder"], item["state"]) == ("crm", "failed")
    office.holder.broken = False
    await retry(office, unit_of_work, scope)
    for _ in range(3):
        await office.work(1)
        office.way.wait(timedelta(days=1))
    assert office.holder.people == {}
    assert (await office.look(asked.id)).state is ErasureState.ERASED
    second = (await office.certificates())[-1]
    assert (second["supplements"], second["open"]) == (1, [])


async def retry(office, unit_of_work, scope):
    """What an owner does about a delivery that was given up."""
    async with unit_of_work(scope) as uow:
        await uow.connection.execute_query(
            "UPDATE delivery SET status = 'waiting', due_at = $2, settled_at = NULL"
            " WHERE tenant_id = $1 AND status = 'dead'",
            [uow.tenant_id, uow.now],
        )


async def test_files_that_hold_them_are_let_go_of(office, unit_of_work, scope, store):
    caller = await ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await exports.start(uow, exports.NewExport((SyncKind.CONTACT,)))
    await office.work(1)
    assert await store.list(f"{scope.tenant_id}/exports")
    await office.ask(caller.contact_id)
    # Their conversation was not ended, but nobody has said anything for an hour.
    office.way.wait(timedelta(hours=1))
    await office.work()
    assert await store.list(f"{scope.tenant_id}/exports") == []
    [certificate] = await office.certificates()
    assert certificate["copies"]["exports"] == 1
