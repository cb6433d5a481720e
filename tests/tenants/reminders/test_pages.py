"""The page on which somebody answers a letter: GET changes nothing, POST does, each link once."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from starlette.applications import Starlette

from api import problems
from api.visit_pages import VisitPages
from domain import business
from domain.appointments.models import AppointmentStatus
from domain.appointments.repository import Appointments
from domain.appointments.visitors import Visitor
from domain.audit.repository import AuditEntries
from domain.privacy.policy import Preset
from domain.rates import Taken
from domain.reminders.models import Reply
from domain.reminders.repository import Reminders
from plugins import healthcare, settings
from plugins.registry import Registry
from tenants.service import job_scope
from tests.factories.outbox import payloads
from tests.factories.policies import promise
from tests.tenants.reminders.conftest import LINKS, TUESDAY, Desk

A_DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SHUT = "not what we have on file"
BORN = "2016-04-03"
REGISTRY = Registry(plugins=(healthcare,))


@dataclass
class Reader:
    """Somebody with a letter about a visit, at a browser without cookies."""

    desk: Desk
    http: httpx.AsyncClient
    visit_id: UUID
    path: str

    async def read(self, path: str = "") -> httpx.Response:
        return await self.http.get(path or self.path)

    async def post(self, do: str, **fields: str) -> httpx.Response:
        return await self.http.post(self.path, data={"do": do} | fields)

    async def visit(self):
        async with self.desk.at_work() as uow:
            return await Appointments(uow).get(self.visit_id)

    async def reply(self):
        async with self.desk.at_work() as uow:
            [first, *_] = await Reminders(uow).of_visit(self.visit_id)
        return first.reply


@dataclass
class Full:
    """Grants nothing any more."""

    asked: list[Any] = field(default_factory=list)

    async def take(self, buckets: Any, points: int = 1) -> Taken:
        self.asked.append(list(buckets))
        return Taken(granted=False, remaining=0, retry_after=3.0)


async def letter_to(desk: Desk, http: httpx.AsyncClient, visitor: Visitor | None = None) -> Reader:
    await desk.rule()
    visit = await desk.book(visitor=visitor)
    [row] = await desk.rows(visit)
    return Reader(desk, http, visit.id, f"/appointments/{desk.token(row.id)}")


@pytest.fixture
async def browser(desk) -> AsyncIterator[httpx.AsyncClient]:
    pages = VisitPages(desk.work, LINKS, REGISTRY)
    app = Starlette(routes=pages.routes(), exception_handlers=problems.HANDLERS)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://deskbell.test") as http:
        yield http


@pytest.fixture
async def reader(desk, browser) -> Reader:
    return await letter_to(desk, browser)


async def test_to_look_changes_nothing(reader):
    before = await reader.visit()
    for _ in range(2):
        page = await reader.read()
        assert page.status_code == 200
        assert "Exam<br>Tuesday 17 November, 15:00 EST<br>12 Main Street" in page.text
    after = await reader.visit()
    assert (after.status, after.starts_at) == (before.status, before.starts_at)
    assert await reader.reply() is None
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]


async def test_to_confirm_says_so_to_the_business(reader):
    for _ in range(2):
        assert "look forward" in (await reader.post("confirm")).text
    assert await reader.reply() is Reply.CONFIRMED
    [answered] = await payloads(reader.desk.work, reader.desk.scope, "reminder.answered")
    assert answered["reply"] == "confirmed"


async def test_to_cancel_works_once(reader):
    assert "is cancelled" in (await reader.post("cancel")).text
    visit = await reader.visit()
    assert visit.status is AppointmentStatus.CANCELLED
    for again in ("cancel", "confirm", "move"):
        gone = await reader.post(again, startsAt=TUESDAY.isoformat())
        assert gone.status_code == 410
    assert (await reader.read()).status_code == 410
    assert len(await payloads(reader.desk.work, reader.desk.scope, "appointment.cancelled")) == 1


async def test_whoever_acted_is_on_record_as_the_person(reader):
    await reader.post("cancel")
    async with reader.desk.at_work() as uow:
        rows = await AuditEntries(uow).page(AuditEntries(uow).all())
    contact = reader.desk.anna.contact_id
    [cancelled] = [row for row in rows if row.action == "appointment.cancelled"]
    assert (cancelled.actor_kind.value, cancelled.actor_id) == ("caller", str(contact))
    assert cancelled.via == "link"


async def test_to_move_takes_a_free_time_and_no_other(reader):
    wanted = TUESDAY + A_DAY
    assert f'value="{wanted.isoformat()}"' in (await reader.read()).text
    taken = await reader.post("move", startsAt=(TUESDAY - 40 * A_DAY).isoformat())
    assert taken.status_code == 409
    assert "could not be done" in taken.text
    for nonsense in ("", "soon", "2026-11-18T15:00:00"):
        assert (await reader.post("move", startsAt=nonsense)).status_code == 409
    moved = await reader.post("move", startsAt=wanted.isoformat())
    assert "Wednesday 18 November" in moved.text
    assert (await reader.visit()).starts_at == wanted
    await reader.desk.settle()
    assert "was moved" in reader.desk.letters[-1].text


async def test_too_late_is_too_late_for_whoever_has_a_link_too(reader):
    desk = reader.desk
    async with desk.at_work() as uow:
        rules = await business.current_rules(uow)
        window = rules.booking.model_copy(update={"cancellation_window_minutes": 120})
        await business.set_rules(uow, rules.model_copy(update={"booking": window}))
    desk.work.clock.advance(TUESDAY - HOUR - desk.work.clock.now())
    late = await reader.post("cancel")
    assert late.status_code == 409
    assert (await reader.visit()).status is AppointmentStatus.CONFIRMED


async def test_a_link_is_good_until_the_visit_begins(reader):
    reader.desk.work.clock.advance(TUESDAY - reader.desk.work.clock.now())
    assert (await reader.read()).status_code == 410
    assert (await reader.post("cancel")).status_code == 410
    assert (await reader.visit()).status is AppointmentStatus.CONFIRMED


async def test_a_link_that_was_made_up_tells_nothing(reader):
    token = reader.path.rpartition("/")[2]
    made_up = [token[:-1], token[:-2] + "AA", "x", LINKS.url(UUID(int=1), UUID(int=2))[-64:]]
    for each in made_up:
        page = await reader.read(f"/appointments/{each}")
        assert page.status_code == 410
        assert reader.desk.scope.tenant.name not in page.text


async def test_what_a_business_calls_things_is_no_html(desk, browser):
    await desk.rule()
    async with desk.at_work() as uow:
        await business.change_service(uow, desk.practice.exam_id, name="<script>alert(1)</script>")
    visit = await desk.book()
    [row] = await desk.rows(visit)
    page = await browser.get(f"/appointments/{desk.token(row.id)}")
    assert "<script>" not in page.text


async def test_one_click_ends_letters(reader):
    stop = f"{reader.path}/stop"
    assert "<button" in (await reader.read(stop)).text
    assert reader.desk.letters[0].unsubscribe.endswith(stop)
    done = await reader.http.post(stop, data={"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    await reader.desk.move(await reader.visit(), TUESDAY + A_DAY)
    assert len(reader.desk.letters) == 1


async def test_where_health_is_protected_a_link_is_not_enough(desk, browser):
    await promise(desk.work, desk.scope, preset=Preset.HEALTHCARE)
    reader = await letter_to(desk, browser)
    [letter] = desk.letters
    assert "Exam" not in letter.text
    assert "17 November" not in letter.text
    assert letter.calendar is None
    assert "17 November" not in (await reader.read()).text
    assert (await reader.post("cancel")).status_code == 200
    assert (await reader.visit()).status is AppointmentStatus.CONFIRMED
    digits = desk.anna.phone[-4:]
    page = await reader.post("open", digits=digits)
    assert "appointment<br>Tuesday 17 November" in page.text
    assert "Exam" not in page.text
    await reader.post("cancel", digits=digits)
    assert (await reader.visit()).status is AppointmentStatus.CANCELLED


async def test_digits_are_not_for_guessing(desk, browser):
    await promise(desk.work, desk.scope, preset=Preset.HEALTHCARE)
    reader = await letter_to(desk, browser)
    for _ in range(5):
        assert SHUT in (await reader.post("open", digits="0000")).text
    page = await reader.post("cancel", digits=desk.anna.phone[-4:])
    assert SHUT in page.text
    assert (await reader.visit()).status is AppointmentStatus.CONFIRMED


@pytest.fixture
async def patients(desk) -> Desk:
    """The desk of a practice with the trade switched on."""
    await promise(desk.work, desk.scope, preset=Preset.HEALTHCARE)
    desk.scope = await job_scope(desk.scope.tenant_id, "tests")
    async with desk.at_work() as uow:
        await settings.enable(uow, REGISTRY, "healthcare")
    return desk


def leo() -> Visitor:
    return Visitor("Leo Lee", date.fromisoformat(BORN))


async def test_a_patient_says_when_they_were_born_too(patients, browser):
    reader = await letter_to(patients, browser, leo())
    digits = patients.anna.phone[-4:]
    asked = (await reader.read()).text
    assert "name=born" in asked
    assert "17 November" not in asked
    answers = [
        await reader.post("open", digits=digits),
        await reader.post("confirm", digits=digits, born="2016-04-30"),
        await reader.post("cancel", digits="0000", born=BORN),
        await reader.post("open", digits="\u0661" * 4, born=BORN),
    ]
    # Whatever was wrong, the answer is the same.
    assert len({(each.status_code, each.text) for each in answers}) == 1
    assert SHUT in answers[0].text
    assert "17 November" not in answers[0].text
    assert (await reader.reply(), (await reader.visit()).status.value) == (None, "confirmed")
    page = await reader.post("open", digits=digits, born=BORN)
    assert "appointment<br>Tuesday 17 November" in page.text
    assert f'name=born value="{BORN}"' in page.text
    await reader.post("cancel", digits=digits, born=BORN)
    assert (await reader.visit()).status is AppointmentStatus.CANCELLED


async def test_where_no_birth_date_is_on_file_nobody_proves_it(patients, browser):
    reader = await letter_to(patients, browser)
    wrong = await reader.post("open", digits="0000", born=BORN)
    right = await reader.post("open", digits=patients.anna.phone[-4:], born=BORN)
    assert right.text == wrong.text
    assert SHUT in right.text


async def test_wrong_tries_count_for_every_letter_of_a_visit(patients, browser):
    reader = await letter_to(patients, browser, leo())
    await patients.move(await reader.visit(), TUESDAY + A_DAY)
    _, other = await patients.rows(await reader.visit())
    for _ in range(5):
        await reader.post("open", digits="0000", born=BORN)
    reader.path = f"/appointments/{patients.token(other.id)}"
    page = await reader.post("cancel", digits=patients.anna.phone[-4:], born=BORN)
    assert SHUT in page.text
    assert (await reader.visit()).status is AppointmentStatus.CONFIRMED


async def test_that_a_visit_is_off_is_told_to_who_proves_it(patients, browser):
    reader = await letter_to(patients, browser, leo())
    await patients.cancel(await reader.visit())
    assert (await reader.read()).status_code == 200
    digits = patients.anna.phone[-4:]
    assert (await reader.post("open", digits=digits)).status_code == 200
    assert (await reader.post("open", digits=digits, born=BORN)).status_code == 410


async def test_guessing_is_slowed_down_for_each_network(patients):
    limiter = Full()
    pages = VisitPages(patients.work, LINKS, REGISTRY, limiter)
    app = Starlette(routes=pages.routes(), exception_handlers=problems.HANDLERS)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://deskbell.test"
    ) as http:
        reader = await letter_to(patients, http, leo())
        assert (await reader.post("open", digits="0000", born=BORN)).status_code == 429
    [[bucket]] = limiter.asked
    assert bucket.name.startswith("visit:")
    assert [row.wrong_proofs for row in await patients.rows(await reader.visit())] == [0]
