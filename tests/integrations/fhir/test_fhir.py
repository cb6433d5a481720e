"""What is read of a FHIR server, and what is not: resources, refusals, pages and tokens."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from domain.calendars.ports import AskedTooMuch, CalendarRefused, Entry
from domain.errors import InvalidInput, Unavailable
from integrations.fhir import BackendClient, Visitor, Wire, key_of
from integrations.fhir.outcomes import document, fault
from integrations.fhir.patients import escaped, written
from integrations.fhir.ports import NotThere, Overtaken, ResourceRefused
from integrations.fhir.resources import Naming, changed, moment, span, takes_time
from integrations.fhir.token import Token

NOW = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
TEN = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
LEE, ANNA = "Practitioner/lee", "Patient/anna"
VISIT = Entry(UUID(int=7), TEN, TEN + timedelta(hours=1), "America/New_York", "Exam")
THERE = {
    "resourceType": "Appointment",
    "id": "1",
    "status": "booked",
    "start": "2026-11-17T15:00:00Z",
    "end": "2026-11-17T16:00:00Z",
    "slot": [{"reference": "Slot/1"}],
    "extension": [{"url": "https://ehr.example/room", "valueString": "3"}],
    "participant": [
        {"actor": {"reference": ANNA}, "status": "accepted"},
        {"actor": {"reference": LEE}, "status": "accepted"},
    ],
}


@dataclass(frozen=True)
class Said:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def outcome(code, **more):
    issue = {"severity": "error", "code": code, "diagnostics": "Anna Schmidt", **more}
    return json.dumps({"resourceType": "OperationOutcome", "issue": [issue]}).encode()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (Said(404), NotThere),
        (Said(410, outcome("deleted")), NotThere),
        (Said(409, outcome("conflict")), Overtaken),
        (Said(412), Overtaken),
        (Said(412, outcome("multiple-matches")), ResourceRefused),
        (Said(401), CalendarRefused),
        (Said(403, outcome("forbidden")), CalendarRefused),
        (Said(400, outcome("invalid")), ResourceRefused),
        (Said(422, outcome("business-rule")), ResourceRefused),
        (Said(400, outcome("transient")), Unavailable),
        (Said(429, outcome("throttled")), AskedTooMuch),
        (Said(500, outcome("exception")), Unavailable),
        (Said(503, b"<html>"), Unavailable),
        (Said(302), Unavailable),
    ],
)
def test_what_is_not_done_is_told_by_kind(said, error):
    found = fault(said)
    assert type(found) is error
    assert "Anna" not in str(found)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"retry-after": "90"}, 90.0), ({"retry-after": "999999"}, 3600.0), ({}, 30.0)],
)
def test_a_server_is_left_alone_as_long_as_it_asks(headers, seconds):
    assert fault(Said(429, b"", headers)).seconds == seconds


def test_a_refusal_names_its_place_and_nothing_else():
    found = fault(Said(422, outcome("invariant", expression=["Appointment.start"])))
    assert (found.reason, found.place) == ("fhir_invariant", "Appointment.start")
    strange = fault(Said(422, outcome("Anna Schmidt!", expression=["born 1990-01-02"])))
    assert (strange.reason, strange.place) == ("fhir_processing", "")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"a": 1}', b"\xff"])
def test_what_is_no_resource_is_not_read(body):
    with pytest.raises(Unavailable):
        document(body)


@pytest.mark.parametrize(
    ("changes", "takes"),
    [
        ({}, True),
        ({"status": "cancelled"}, False),
        ({"status": "entered-in-error"}, False),
        ({"status": "noshow"}, False),
        ({"status": "waitlist"}, False),
        ({"status": "proposed"}, False),
        ({"status": "a status of theirs"}, True),
        ({"participant": [{"actor": {"reference": LEE}, "status": "declined"}]}, False),
        ({"participant": "nonsense"}, True),
    ],
)
def test_only_what_stands_takes_time(changes, takes):
    assert takes_time(THERE | changes, LEE, tentative_is_busy=False) is takes


@pytest.mark.parametrize("text", ["2026-11-17T15:00:00", "tomorrow", None, 7, ""])
def test_a_time_without_a_zone_is_none(text):
    assert moment(text) is None


def test_an_appointment_that_ends_before_it_begins_has_no_times():
    assert span(THERE | {"end": "2026-11-17T14:00:00Z"}) is None
    assert span(THERE | {"start": "2026-11-17T10:00:00-05:00"}) == (VISIT.starts_at, VISIT.ends_at)


def test_what_we_do_not_know_of_an_appointment_stays():
    same = changed(THERE, VISIT, None, LEE)
    assert same == THERE | {"minutesDuration": 60}
    later = Entry(VISIT.visit_id, TEN + timedelta(hours=1), TEN + timedelta(hours=2), "UTC", "")
    moved = changed(THERE, later, None, LEE)
    assert (moved["extension"], moved["start"]) == (THERE["extension"], "2026-11-17T16:00:00Z")
    assert "slot" not in moved


def test_a_visit_that_was_given_to_somebody_else_is_given_back():
    [anna, _] = THERE["participant"]
    other = {"actor": {"reference": "Practitioner/other"}, "status": "accepted"}
    found = changed(THERE | {"participant": [anna, other]}, VISIT, None, LEE)
    assert [each["actor"]["reference"] for each in found["participant"]] == [ANNA, LEE]


def test_an_arrival_is_not_taken_back():
    assert changed(THERE | {"status": "arrived"}, VISIT, None, LEE)["status"] == "arrived"
    off = {"status": "cancelled", "cancelationReason": {"text": "ill"}}
    again = changed(THERE | off, VISIT, None, LEE)
    assert (again["status"], "cancelationReason" in again) == ("booked", False)


def test_visits_of_another_business_are_not_ours():
    one, other = Naming("one"), Naming("other")
    theirs = {"identifier": [other.of("urn:deskbell:visit", VISIT.visit_id)]}
    assert one.visit_in(theirs) is None
    assert other.visit_in(theirs) == VISIT.visit_id
    assert one.visit_in({"identifier": [{"system": "urn:deskbell:visit:one"}]}) is None


def test_a_correction_leaves_the_rest_of_a_patient():
    there = {"telecom": [{"system": "email", "value": "a@b.example"}], "gender": "female"}
    found = written(there, Visitor(UUID(int=1), "Anna Maria Schmidt", "+12125550142"))
    assert found["name"] == [
        {"text": "Anna Maria Schmidt", "given": ["Anna", "Maria"], "family": "Schmidt"}
    ]
    assert [each["system"] for each in found["telecom"]] == ["phone", "email"]
    assert found["gender"] == "female"


def test_marks_in_a_name_part_no_values():
    assert escaped("a,b|c$d\\e") == r"a\,b\|c\$d\\e"


def edition(id, version, at):
    meta = {"versionId": version, "lastUpdated": at}
    return {"resourceType": "Appointment", "id": id, "meta": meta}


def test_a_change_that_is_written_late_is_not_missed():
    first = edition("1", "1", "2026-11-16T14:59:30Z")
    token = Token.read(Token(NOW).after([first]).text, NOW + timedelta(minutes=5))
    assert token.since == "2026-11-16T14:58:30Z"
    late = edition("2", "1", "2026-11-16T14:59:00Z")
    assert token.news([first, late]) == [late]
    assert token.after([first, late]).latest == token.latest


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", timedelta(0)),
        ("{}", timedelta(0)),
        ("nonsense", timedelta(0)),
        (Token(NOW).text, timedelta(0)),
        (Token(NOW, NOW).text, timedelta(hours=1)),
        (Token(NOW, NOW).text, timedelta(hours=-1)),
    ],
)
def test_with_a_token_that_is_none_or_old_all_is_read(text, after):
    assert Token.read(text, NOW + after) is None


@dataclass
class Pages:
    """Answers one page after the other, and lets everybody in."""

    pages: list[Said]
    asked: list[str] = field(default_factory=list)

    async def ask(self, method, url, headers, body):
        self.asked.append(url)
        return self.pages[min(len(self.asked), len(self.pages)) - 1]

    async def token(self, refused=""):
        return "secret"


def page(next_url):
    link = [{"relation": "next", "url": next_url}]
    return Said(200, json.dumps({"resourceType": "Bundle", "link": link}).encode())


@pytest.mark.parametrize(
    ("next_url", "error"),
    [
        ("https://evil.example/fhir?page=2", CalendarRefused),
        ("http://ehr.example/fhir?page=2", CalendarRefused),
        ("https://ehr.example/fhir?page=2", Unavailable),
    ],
)
async def test_pages_lead_to_no_other_server_and_not_in_circles(next_url, error):
    pages = Pages([page(next_url)])
    with pytest.raises(error):
        await Wire("https://ehr.example/fhir", pages, pages).search("Slot", [])
    assert all(each.startswith("https://ehr.example/") for each in pages.asked)
    assert len(pages.asked) <= 2


def test_an_assertion_says_who_we_are_for_some_minutes():
    key = ECKey.generate_key("P-384")
    known = BackendClient("us", "one", key.as_pem(private=True).decode(), "system/Slot.rs")
    made = jwt.decode(known.assertion("https://ehr.example/token", NOW), key, ["ES384"])
    assert (made.header["kid"], made.claims["aud"]) == ("one", "https://ehr.example/token")
    assert made.claims["iss"] == made.claims["sub"] == "us"
    assert 0 < made.claims["exp"] - NOW.timestamp() <= 300
    again = jwt.decode(known.assertion("https://ehr.example/token", NOW), key, ["ES384"])
    assert again.claims["jti"] != made.claims["jti"]


# The library warns of the weak one by itself.
@pytest.mark.filterwarnings("ignore:Key size")
def test_only_strong_private_keys_are_taken():
    good = ECKey.generate_key("P-384")
    as_jwk = json.dumps(good.as_dict(private=True))
    assert key_of(as_jwk).as_dict(private=True)["d"] == good.as_dict(private=True)["d"]
    weak = (
        ECKey.generate_key("P-256").as_pem(private=True).decode(),
        RSAKey.generate_key(1024).as_pem(private=True).decode(),
        good.as_pem(private=False).decode(),
        "nonsense",
        "{}",
    )
    for text in weak:
        with pytest.raises(InvalidInput):
            key_of(text)
