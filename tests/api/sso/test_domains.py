"""Domains count when DNS says whose they are, and for as long as it does."""

from dataclasses import dataclass
from datetime import timedelta

import dns.rcode
import pytest

from domain.scope import Scope
from domain.work import UnitsOfWork
from integrations.dns import NameServers
from plugins.parts import job_handler
from plugins.registry import Registry
from tenants.service import job_scope
from tenants.sso import domains
from tenants.sso.domains import GRACE, DomainWatch
from tenants.sso.repository import SsoDomains
from tests.api.conftest import browse, owner_of
from tests.api.deeds import do, refuse
from tests.api.people import code_of

FIELDS = "singleSignOn { domains { id domain verifiedAt missingSince } }"


async def add(owner, domain):
    made = await do(owner, "ssoDomainAdd", "domain { id recordName recordValue }", domain=domain)
    return made["domain"]


async def test_a_domain_is_proved_by_its_record(company):
    row = await add(company.owner, "Sub.Example-Corp.Test.")
    assert row["recordName"] == "_deskbell-challenge.sub.example-corp.test"
    verify = {"id": row["id"]}
    assert await refuse(company.owner, "ssoDomainVerify", **verify) == "DomainNotProvedError"
    company.names.records[row["recordName"]] = ["v=spf1 -all", "something else"]
    assert await refuse(company.owner, "ssoDomainVerify", **verify) == "DomainNotProvedError"
    company.names.records[row["recordName"]].append(row["recordValue"])
    done = await do(company.owner, "ssoDomainVerify", "domain { verifiedAt }", **verify)
    assert done["domain"]["verifiedAt"]


async def test_a_name_server_that_is_away_proves_nothing(company):
    row = await add(company.owner, "away.test")
    company.names.rcode = dns.rcode.SERVFAIL
    assert await refuse(company.owner, "ssoDomainVerify", id=row["id"]) == "DomainNotProvedError"


@pytest.mark.parametrize(
    "domain", ["gmail.com", "GMAIL.com.", "localhost", "10.0.0.1", "a..b", "-x.test", "x@y.z", ""]
)
async def test_what_no_business_can_own_is_refused(owner, domain):
    assert await refuse(owner, "ssoDomainAdd", domain=domain) == "InvalidInputError"


async def test_a_domain_is_listed_once(company):
    assert await refuse(company.owner, "ssoDomainAdd", domain=company.domain) == (
        "DomainListedError"
    )


async def test_a_domain_speaks_for_one_business(company, app, other_scope):
    async with browse(app) as rival:
        await rival.sign_in(owner_of(other_scope))
        row = await add(rival, company.domain)
        company.names.records[row["recordName"]].append(row["recordValue"])
        assert await refuse(rival, "ssoDomainVerify", id=row["id"]) == "DomainTakenError"


async def test_twenty_are_enough(company):
    for number in range(19):
        await add(company.owner, f"d{number}.test")
    assert await refuse(company.owner, "ssoDomainAdd", domain="more.test") == (
        "TooManyDomainsError"
    )


async def test_removing_a_domain_ends_the_sessions_of_its_people(company, app, browser):
    other = await company.prove("second.test")
    await company.sign_in(browser)
    async with browse(app) as second:
        await company.sign_in(second, sub="two", email="two@second.test")
        removed = await do(company.owner, "ssoDomainRemove", "removedId", id=other)
        assert removed == {"removedId": other}
        assert await second.fail("{ tenant { slug } }") == "SESSION_ENDED"
        assert await browser.ask("{ tenant { slug } }")
        again = await company.sign_in(second, sub="two", email="two@second.test")
        assert code_of(again) == (401, "SSO_REFUSED")


async def look(unit_of_work, company, *, proved):
    """One later look, as the job takes it."""
    scope = await job_scope(company.scope.tenant_id, "tests")
    async with unit_of_work(scope) as uow:
        [row] = await SsoDomains(uow).listed()
        await domains.look_again(uow, row.id, proved=proved)
        return uow.timers, [event.name for event in uow.events]


async def test_a_record_that_is_gone_for_days_ends_it(company, browser, unit_of_work, clock):
    await company.sign_in(browser)
    timers, _ = await look(unit_of_work, company, proved=False)
    assert [timer.job for timer in timers] == ["sso.recheck"]
    assert (await company.owner.ask(f"{{ tenant {{ {FIELDS} }} }}"))["tenant"]["singleSignOn"][
        "domains"
    ][0]["missingSince"]
    assert await browser.ask("{ tenant { slug } }")
    clock.advance(GRACE)
    timers, happened = await look(unit_of_work, company, proved=False)
    assert (timers, happened) == ([], ["sso_domain.lapsed"])
    assert await browser.fail("{ tenant { slug } }") == "SESSION_ENDED"
    assert await company.leave(browser) is None


async def test_a_record_that_comes_back_in_time_loses_nothing(company, unit_of_work, clock):
    await look(unit_of_work, company, proved=False)
    clock.advance(timedelta(days=2))
    await look(unit_of_work, company, proved=True)
    clock.advance(timedelta(days=2))
    timers, happened = await look(unit_of_work, company, proved=False)
    assert (len(timers), happened) == (1, [])


async def test_no_answer_changes_nothing(company, unit_of_work, clock):
    for _ in range(5):
        clock.advance(timedelta(days=1))
        timers, happened = await look(unit_of_work, company, proved=None)
        assert (len(timers), happened) == (1, [])


@dataclass
class Delivery:
    """What a job is given, as far as this one needs it."""

    units: UnitsOfWork
    scope: Scope

    def unit_of_work(self):
        return self.units(self.scope)

    settle = unit_of_work


async def test_the_job_looks_the_record_up_again(company, unit_of_work, clock):
    scope = await job_scope(company.scope.tenant_id, "tests")
    watch = DomainWatch(NameServers((company.names.address,), patience=1.0))
    async with unit_of_work(scope) as uow:
        [row] = await SsoDomains(uow).listed()
    payload, delivery = {"domain_id": str(row.id)}, Delivery(unit_of_work, scope)
    for records, missing in (([], True), ([row.challenge], False)):
        company.names.records[f"_deskbell-challenge.{company.domain}"] = records
        await watch.recheck(payload, delivery)
        async with unit_of_work(scope) as uow:
            [row] = await SsoDomains(uow).listed()
        assert (row.missing_since is not None) == missing
    company.names.rcode = dns.rcode.SERVFAIL
    clock.advance(timedelta(hours=1))
    await watch.recheck(payload, delivery)
    async with unit_of_work(scope) as uow:
        assert (await SsoDomains(uow).listed())[0].checked_at == row.checked_at


def test_the_job_is_known_by_its_name():
    watch = DomainWatch(NameServers())
    known = Registry(jobs=watch.jobs).handler(job_handler(domains.RECHECK))
    assert known.function == watch.recheck
