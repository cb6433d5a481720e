"""A dental practice at Open Dental, of our own, that keeps to the documentation of its API.

https://www.opendental.com/site/apispecification.html, as it was in 2025: every request is checked
for its headers, parameters and fields, and what the documentation does not know is refused.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

ROOT = "/api/v1"
ZONE = ZoneInfo("America/New_York")
STAMP = "%Y-%m-%d %H:%M:%S"
LISTED = {"Limit", "Offset", "DateFormatString", "DateTimeFormatString"}
DAYS = {"date", "dateStart", "dateEnd"}
STATUSES = "Scheduled|Complete|UnschedList|Broken|Planned|PtNote|PtNoteCompleted"
MOMENT, DAY, TRUTH, NUMBER = (
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
    r"\d{4}-\d\d-\d\d",
    "true|false",
    r"\d+",
)
PARAMETERS = {
    "appointments": {
        "PatNum": NUMBER,
        "AptStatus": f"{STATUSES}|ASAP",
        "Op": NUMBER,
        "ClinicNum": NUMBER,
        "DateTStamp": MOMENT,
        "AppointmentTypeNum": NUMBER,
        **dict.fromkeys(DAYS, DAY),
    },
    "patients/Simple": {
        "LName": ".+",
        "FName": ".+",
        "Birthdate": DAY,
        "ClinicNum": NUMBER,
        "PatStatus": "Patient|NonPatient|Inactive|Archived|Deceased|Prospective",
        "DateTStamp": MOMENT,
        "Guarantor": NUMBER,
    },
    "operatories": {"ClinicNum": NUMBER},
    "providers": {"ClinicNum": NUMBER, "DateTStamp": MOMENT},
    "schedules": {
        "SchedType": "Practice|Provider|Blockout|Employee|WebSchedASAP",
        "BlockoutDefNum": NUMBER,
        "ProvNum": NUMBER,
        "EmployeeNum": NUMBER,
        **dict.fromkeys(DAYS, DAY),
    },
}
APPOINTMENT = {
    "AptStatus": STATUSES,
    "Pattern": "[X/]{1,108}",
    "Op": NUMBER,
    "Note": "(?s).*",
    "ProvNum": NUMBER,
    "ProvHyg": NUMBER,
    "AptDateTime": MOMENT,
    "IsHygiene": TRUTH,
    "IsNewPatient": TRUTH,
    "Priority": "Normal|ASAP",
}
FIELDS = {
    "POST appointments": {**APPOINTMENT, "PatNum": NUMBER},
    "PUT appointments": APPOINTMENT,
    "PUT Break": {"sendToUnscheduledList": TRUTH, "breakType": "Missed|Cancelled"},
    "PUT Note": {"Note": "(?s).+"},
    "POST patients": {
        "LName": ".+",
        "FName": ".+",
        "Birthdate": DAY,
        "HmPhone": ".*",
        "WkPhone": ".*",
        "WirelessPhone": ".*",
        "Email": ".*",
        "PatStatus": "Patient|NonPatient|Inactive|Archived|Deceased|Prospective",
    },
}
REQUIRED = {
    "POST appointments": {"PatNum", "Op", "AptDateTime"},
    "PUT Break": {"sendToUnscheduledList"},
    "PUT Note": {"Note"},
    "POST patients": {"LName", "FName"},
}
NEVER = "0001-01-01 00:00:00"
Row = dict[str, Any]


class Refused(Exception):
    """A request that is answered with an explanation."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


@dataclass
class FakeOpenDental:
    """One practice, what stands in its book, and what was asked of it."""

    clock: Any
    key: str = "ODFHIR developer/customer"
    appointments: dict[int, Row] = field(default_factory=dict)
    patients: dict[int, Row] = field(default_factory=dict)
    operatories: list[Row] = field(default_factory=list)
    providers: list[Row] = field(default_factory=list)
    schedules: list[Row] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)
    """Statuses that are answered instead of the right thing, once each."""
    losing: set[str] = field(default_factory=set)
    """Methods of requests that are carried out, and whose answer is lost once."""
    asked: list[str] = field(default_factory=list)
    undocumented: list[str] = field(default_factory=list)
    """Requests of which the documentation knows nothing: there must be none."""
    numbers: Any = field(default_factory=lambda: count(1))

    def app(self) -> Starlette:
        """Its API, to be served."""
        routes: list[tuple[str, str, Callable[[Request, Row], Any]]] = [
            ("GET", "appointments", self._list_appointments),
            ("POST", "appointments", self._create_appointment),
            ("GET", "appointments/{id:int}", self._one_appointment),
            ("PUT", "appointments/{id:int}", self._update_appointment),
            ("PUT", "appointments/{id:int}/Break", self._break),
            ("PUT", "appointments/{id:int}/Note", self._note),
            ("GET", "patients/Simple", self._list_patients),
            ("POST", "patients", self._create_patient),
            ("GET", "operatories", lambda *_: self.operatories),
            ("GET", "providers", lambda *_: self.providers),
            ("GET", "schedules", self._list_schedules),
        ]
        known = [
            Route(f"{ROOT}/{path}", self._answering(do), methods=[verb])
            for verb, path, do in routes
        ]
        return Starlette(routes=known)

    @property
    def now(self) -> str:
        """What time it is at the practice."""
        return str(self.clock.now().astimezone(ZONE).strftime(STAMP))

    def room(self, dentist: int = 0, hygienist: int = 0, **more: Any) -> int:
        """An operatory."""
        id = next(self.numbers)
        names = {"OpName": f"Room {id}", "Abbrev": f"OP-{id}", "IsHidden": "false"}
        people = {"ProvDentist": dentist, "ProvHygienist": hygienist, "IsHygiene": "false"}
        self.operatories.append({"OperatoryNum": id, **names, **people, "ClinicNum": 0, **more})
        return id

    def person(self, given: str, family: str, **more: Any) -> int:
        """A provider."""
        id = next(self.numbers)
        names = {"Abbr": f"DOC{id}", "FName": given, "LName": family}
        flags = {"IsHidden": "false", "IsNotPerson": "false", "ProvStatus": "Active"}
        self.providers.append({"ProvNum": id, **names, **flags, **more})
        return id

    def patient(self, given: str, family: str, born: str = "0001-01-01", **more: Any) -> int:
        """Somebody whom the practice knows."""
        row = {"FName": given, "LName": family, "Birthdate": born, "PatStatus": "Patient"}
        telephones = {"HmPhone": "", "WkPhone": "", "WirelessPhone": ""}
        return int(self._keep(self.patients, "PatNum", {**row, **telephones, **more})["PatNum"])

    def appointment(self, at: str, **more: Any) -> int:
        """Somebody at the practice writes an appointment."""
        row = {"AptDateTime": at, "PatNum": 0, "Op": 0, "ProvNum": 0, **more}
        return int(self._new(row)["AptNum"])

    def change(self, id: int, **more: Any) -> None:
        """Somebody at the practice changes one."""
        self._touch(self.appointments[id], more)

    def delete(self, id: int) -> None:
        """Somebody at the practice deletes one: of that no list tells."""
        del self.appointments[id]

    def block(self, kind: str, day: str, start: str, stop: str, **more: Any) -> None:
        """A block of a schedule; its numbers are text, as the documentation shows them."""
        id = str(next(self.numbers))
        times = {"SchedDate": day, "StartTime": start, "StopTime": stop, "SchedType": kind}
        self.schedules.append(
            {"ScheduleNum": id, **times, "ProvNum": "0", "operatories": "", **more}
        )

    def _answering(self, do: Callable[[Request, Row], Any]) -> Any:
        async def endpoint(request: Request) -> Response:
            path = request.url.path.removeprefix(f"{ROOT}/")
            self.asked.append(f"{request.method} {path}")
            try:
                said = do(request, self._checked(request, path, await request.body()))
            except Refused as refused:
                return PlainTextResponse(refused.why, refused.status)
            if request.method in self.losing:
                self.losing.discard(request.method)
                return PlainTextResponse("", 504)
            if said is None:
                return Response(status_code=200)
            status = 201 if request.method == "POST" else 200
            return JSONResponse(_shown(said), status)

        return endpoint

    def _checked(self, request: Request, path: str, body: bytes) -> Row:
        """The parameters or fields, if the documentation knows such a request."""
        if request.headers.get("authorization") != self.key:
            raise Refused(401, "Invalid credentials")
        if self.failures:
            raise Refused(self.failures.pop(0), "Anna Schmidt, born 1990-01-02")
        if request.headers.get("content-type") != "application/json":
            raise self._unknown(request, "Content-Type")
        if request.method == "GET":
            self._parameters(request, path)
            return dict(request.query_params)
        last = path.rpartition("/")[2]
        what = last if last in {"Break", "Note"} else path.partition("/")[0]
        name = f"{request.method} {what}"
        given: Row = json.loads(body)
        for missing in REQUIRED.get(name, set()) - given.keys():
            raise self._unknown(request, f"without {missing}")
        self._match(request, FIELDS[name], given)
        return given

    def _parameters(self, request: Request, path: str) -> None:
        known = PARAMETERS.get(path, {})
        lists = dict.fromkeys(LISTED, ".+") if path in PARAMETERS else {}
        if "+" in request.url.query:
            raise self._unknown(request, "a space that is not %20")
        self._match(request, known | lists, dict(request.query_params))

    def _match(self, request: Request, known: dict[str, str], given: Row) -> None:
        for name, value in given.items():
            if name not in known or not re.fullmatch(known[name], str(value)):
                raise self._unknown(request, f"{name}={value}")

    def _unknown(self, request: Request, what: str) -> Refused:
        self.undocumented.append(f"{request.method} {request.url}: {what}")
        return Refused(400, f"{what} is invalid")

    def _list_appointments(self, request: Request, asked: Row) -> list[Row]:
        first = asked.get("date", asked.get("dateStart", "0"))
        last = asked.get("date", asked.get("dateEnd", "9"))
        found = [
            {**row, "serverDateTime": self.now}
            for row in self.appointments.values()
            if first <= row["AptDateTime"][:10] <= last
            and row["DateTStamp"] > asked.get("DateTStamp", "")
            and all(str(row[name]) == asked[name] for name in ("PatNum", "Op") if name in asked)
        ]
        return _page(found, asked)

    def _one_appointment(self, request: Request, asked: Row) -> Row:
        return {**self._there(request), "serverDateTime": self.now}

    def _create_appointment(self, request: Request, given: Row) -> Row:
        if given["PatNum"] not in self.patients:
            raise Refused(404, "Patient not found")
        if given["Op"] not in [each["OperatoryNum"] for each in self.operatories]:
            raise Refused(404, "Operatory not found")
        return self._new(given)

    def _update_appointment(self, request: Request, given: Row) -> Row:
        return self._touch(self._there(request), given)

    def _break(self, request: Request, given: Row) -> None:
        row = self._there(request)
        if row["AptStatus"] != "Scheduled":
            raise Refused(400, "Only appointments with an AptStatus of Scheduled can be broken")
        waits = given["sendToUnscheduledList"] == "true"
        self._touch(row, {"AptStatus": "UnschedList" if waits else "Broken"})

    def _note(self, request: Request, given: Row) -> None:
        row = self._there(request)
        notes = [each for each in (row["Note"], given["Note"]) if each]
        self._touch(row, {"Note": "\r\n".join(notes)})

    def _list_patients(self, request: Request, asked: Row) -> list[Row]:
        found = [
            {**row, "serverDateTime": self.now}
            for row in self.patients.values()
            if row["LName"].lower().startswith(asked.get("LName", "").lower())
            and row["FName"].lower().startswith(asked.get("FName", "").lower())
            and row["Birthdate"] == asked.get("Birthdate", row["Birthdate"])
        ]
        return _page(found, asked)

    def _create_patient(self, request: Request, given: Row) -> Row:
        row = {"Birthdate": "0001-01-01", "WirelessPhone": "", "HmPhone": "", **given}
        for each in self.patients.values():
            same = all(each[name] == row[name] for name in ("LName", "FName", "Birthdate"))
            numbers = {each["WirelessPhone"], each["HmPhone"]} - {""}
            if same and row["WirelessPhone"] in numbers:
                raise Refused(400, f"{row['FName']} {row['LName']} already exists")
        return self._keep(self.patients, "PatNum", {"PatStatus": "Patient", "WkPhone": "", **row})

    def _list_schedules(self, request: Request, asked: Row) -> list[Row]:
        today = self.now[:10]
        first = asked.get("date", asked.get("dateStart", today))
        last = asked.get("date", asked.get("dateEnd", today))
        found = [
            row
            for row in self.schedules
            if first <= row["SchedDate"] <= last
            and all(row[name] == asked[name] for name in ("SchedType", "ProvNum") if name in asked)
        ]
        return _page(found, asked)

    def _there(self, request: Request) -> Row:
        id = request.path_params["id"]
        if id not in self.appointments:
            raise Refused(404, "Appointment not found")
        return self.appointments[id]

    def _new(self, given: Row) -> Row:
        row = {
            "AptStatus": "Scheduled",
            "Pattern": "/XX/",
            "Note": "",
            "ProvNum": 1,
            "ProvHyg": 0,
            "IsHygiene": "false",
            "IsNewPatient": "false",
            "Priority": "Normal",
            "Confirmed": 19,
            "ClinicNum": 0,
            "DateTimeArrived": NEVER,
            **given,
        }
        return self._keep(self.appointments, "AptNum", row)

    def _keep(self, kept: dict[int, Row], name: str, row: Row) -> Row:
        id = next(self.numbers)
        kept[id] = {name: id, **row, "DateTStamp": self.now}
        return kept[id]

    def _touch(self, row: Row, changes: Row) -> Row:
        row.update(changes, DateTStamp=self.now)
        return row


def _page(found: list[Row], asked: Row) -> list[Row]:
    """A hundred at most."""
    offset, limit = int(asked.get("Offset", 0)), min(int(asked.get("Limit", 100)), 100)
    return found[offset : offset + limit]


def _shown(said: Any) -> Any:
    """The serializer writes carriage returns as spaces."""
    if isinstance(said, list):
        return [_shown(each) for each in said]
    return {
        name: value.replace("\r\n", " ") if isinstance(value, str) else value
        for name, value in said.items()
    }


def local(moment: datetime) -> str:
    """An instant as it stands in the book."""
    return moment.astimezone(ZONE).strftime(STAMP)


def utc(text: str) -> datetime:
    """The instant of a time in the book."""
    return datetime.strptime(text, STAMP).replace(tzinfo=ZONE).astimezone(UTC)
