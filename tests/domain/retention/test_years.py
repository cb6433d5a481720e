"""Years go by: every kind of data goes on its day under each of the five policies, and not before.

The periods are those of the published policies that the presets are made after: the lines are
cited beside them. What a column tells goes by its own kind, what a row is goes by the last.
"""

import pytest

from domain.conversations.repository import Conversations
from domain.privacy.periods import Period
from domain.privacy.policy import Preset
from domain.recordings.repository import Recordings
from domain.retention.models import RunState
from domain.rights.models import PrivacyChoice
from domain.sealed import Sealed, sealed_fields
from domain.transfers.repository import Transfers
from domain.usage.repository import UsageEvents
from tests.factories.lives import Life, Person
from tests.factories.retention import promised

MORE = {
    "summary": "Anna asked for a cleaning",
    "extracted": "a cleaning",
    "reason": "wants a person",
    "storage_key": "where the sound is",
    "place": "Springfield",
    "referrer": "https://example.com",
}
# Two weeks before the end of 2026; no month that is counted from it ends early.
DAY = 1
# What is said, what it is about, and what only shows that something was said.
SAID = ("turn", "intake_answer", "message", "feedback", "recording.storage_key", "contact.notes")
SAID += ("conversation.summary", "conversation.extracted", "transfer.reason")
REST = ("call", "call_event", "contact", "conversation", "lead", "appointment", "reservation")
REST += ("recording", "transfer", "offer", "listed_number")
OURS = {
    # S3:24: 365 days; S2:135: usage data for 24 months, then without anybody's name (S1:69).
    "session": "P365D",
    "usage_event.place": "P365D",
    "usage_event.user_id": "P24M",
    "support_ticket": "P24M",
}


def golden(said: str, rest: str, consent: str = "P4Y") -> dict[str, str]:
    # Consent is proved for as long as somebody may sue for it (28 U.S.C. § 1658).
    return (
        dict.fromkeys(SAID, said) | dict.fromkeys(REST, rest) | {"consent_record": consent} | OURS
    )


GOLDEN = {
    # S0:26, "recordings are kept for 90 days"; S3:24 for the rest.
    Preset.NINETY_DAYS: golden("P90D", "P365D"),
    # S1:68, "as specified in your plan, typically 6 to 12 months".
    Preset.PLAN_BOUND: golden("P6M", "P365D"),
    # S2:134, "patient communication data: 7 years".
    Preset.HEALTHCARE: golden("P7Y", "P7Y", "P7Y"),
    # S3:24 and S3:28: out of sight after 275 days, for the 90 days of the archive end at 365.
    Preset.INACTIVITY: golden("P275D", "P275D"),
    # S4: nothing longer than its purpose needs.
    Preset.MINIMAL: golden("P30D", "P90D"),
}


async def test_a_choice_keeps_the_row_of_its_person_but_no_name(keeper, lived, unit_of_work, scope):
    made = await lived()
    async with unit_of_work(scope) as uow:
        life = Life(uow, Person(made["contact"], made["user"], ""), dict(made))
        await life.row(PrivacyChoice)
    keeper.pass_days(370)
    await keeper.run()
    [row] = await keeper.rows("SELECT name, phone, phone_index, email, notes FROM contact")
    assert set(row.values()) == {None}
    keeper.pass_days(4 * 366)
    await keeper.run()
    assert (await keeper.count("privacy_choice"), await keeper.count("contact")) == (0, 0)


@pytest.mark.law("L15")
async def test_whoever_said_stop_is_left_alone_for_good(keeper, lived):
    await lived()
    before = await keeper.rows("SELECT * FROM refusal")
    keeper.pass_days(4000)
    await keeper.run()
    assert await keeper.rows("SELECT * FROM refusal") == before


async def left(keeper, place: str) -> bool:
    """Whether a table has a row, or a column still tells something."""
    table, _, column = place.partition(".")
    told = f"WHERE {column}::text NOT IN ('', '{{}}')" if column else ""
    [row] = await keeper.rows(f'SELECT count(*) AS n FROM "{table}" {told}')
    return row["n"] > 0


@pytest.mark.promise("P054")
@pytest.mark.promise("P056")
@pytest.mark.promise("P059")
@pytest.mark.promise("P060")
@pytest.mark.promise("P062")
@pytest.mark.promise("P064")
@pytest.mark.promise("P070")
@pytest.mark.parametrize("preset", Preset)
async def test_everything_goes_on_its_day_and_not_before(keeper, lived, preset):
    keeper.policies.promises = promised(preset)
    await lived()
    born, periods = keeper.clock.now(), GOLDEN[preset]
    await fill(keeper)
    for period in sorted(set(periods.values()), key=lambda each: Period.read(each).least_days):
        over = Period.read(period).after(born)
        places = [place for place, wanted in periods.items() if wanted == period]
        keeper.pass_days((over - keeper.clock.now()).days - DAY)
        assert (await keeper.run()).state is RunState.DONE
        assert [place for place in places if not await left(keeper, place)] == [], period
        keeper.pass_days(2 * DAY)
        await keeper.run()
        assert [place for place in places if await left(keeper, place)] == [], period


async def fill(keeper):
    """What the rows of a person may be without, and have."""
    async with keeper.work(keeper.scope) as uow:
        for repository in (Conversations(uow), Transfers(uow), Recordings(uow), UsageEvents(uow)):
            [row] = await repository.page(repository.all())
            sealed = sealed_fields(type(row))
            given = {
                name: Sealed.text(value) if name in sealed else value
                for name, value in MORE.items()
                if hasattr(row, name)
            }
            await repository.save(row, **given)


@pytest.mark.promise("P066")
async def test_usage_stays_only_without_anybody(keeper, lived):
    await lived()
    before = await keeper.rows("SELECT name, quantity, at FROM usage_event")
    keeper.pass_days(732)
    await keeper.run()
    after = await keeper.rows("SELECT * FROM usage_event")
    assert [{name: row[name] for name in ("name", "quantity", "at")} for row in after] == before
    assert [(row["user_id"], row["conversation_id"], row["device"]) for row in after] == [
        (None, None, "{}")
    ]
    # It is not found again: nothing is left in it to take away.
    again = await keeper.run()
    assert [name for name in again.counts if name.startswith("usage_event")] == []


@pytest.mark.promise("P058")
async def test_accounts_go_ninety_days_after_closure(keeper, lived):
    await lived()
    keeper.pass_days(1000)
    await keeper.run()
    assert await keeper.count("account_letter") == 1
    closed = keeper.clock.now()
    keeper.policies.promises = promised(Preset.NINETY_DAYS, closed_at=closed)
    keeper.pass_days(89)
    await keeper.run()
    assert await keeper.count("account_letter") == 1
    keeper.pass_days(2)
    await keeper.run()
    assert await keeper.count("account_letter") == 0
