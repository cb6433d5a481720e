"""What is written to a business about one conversation: a subject, and a text."""

from domain.appointments.models import AppointmentStatus
from domain.conversations.models import Channel, Outcome
from domain.texts import in_full
from plugins.report import Attempt, Note, Report, Visit

OUTCOMES = {
    Outcome.BOOKED: "appointment booked",
    Outcome.RESCHEDULED: "appointment moved",
    Outcome.CANCELLED: "appointment cancelled",
    Outcome.TRANSFERRED: "transferred",
    Outcome.MESSAGE: "message left",
    Outcome.LEAD: "new lead",
    Outcome.ANSWERED: "question answered",
    Outcome.EMERGENCY: "emergency",
    Outcome.NOTHING: "nothing to do",
}
KINDS = {Channel.VOICE: "call", Channel.CHAT: "chat", Channel.SMS: "text conversation"}
STATUSES = {AppointmentStatus.REQUESTED: "waiting for your approval"}


def letter(report: Report) -> tuple[str, str]:
    """The subject and the text."""
    found = [*_visits(report), *_notes(report), _attempts(report)]
    paragraphs = [_opening(report), report.summary, *found]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return _subject(report), text + "\n"


def notice(report: Report) -> tuple[str, str]:
    """The same where health data is protected: that there is something, and how urgent it is."""
    urgent = "URGENT: " if report.is_urgent else ""
    kind = KINDS[report.channel]
    text = f"There is a new {kind} at {report.business}. Log in to see it.\n"
    return f"{urgent}A new {kind}: log in to see it", text


def _subject(report: Report) -> str:
    came_to = OUTCOMES[report.outcome] if report.outcome else "finished"
    urgent = "URGENT: " if report.is_urgent else ""
    return f"{urgent}{KINDS[report.channel].capitalize()} from {_who(report)}: {came_to}"


def _opening(report: Report) -> str:
    named = f"{report.who} ({report.phone})" if report.who and report.phone else _who(report)
    return (
        f"A {KINDS[report.channel]} for {report.business} from {named},"
        f" {in_full(report.started_at)}."
    )


def _who(report: Report) -> str:
    return report.who or report.phone or "somebody unknown"


def _visits(report: Report) -> list[str]:
    return [_visit(visit) for visit in report.visits]


def _visit(visit: Visit) -> str:
    status = STATUSES.get(visit.status, visit.status.value.replace("_", " "))
    return f"Appointment: {visit.service}, {in_full(visit.starts_at)} ({status})."


def _notes(report: Report) -> list[str]:
    return [_note(note) for note in report.notes]


def _note(note: Note) -> str:
    callback = f"\nCall back: {note.callback}" if note.callback else ""
    return f"Message ({note.priority}):\n{note.body}{callback}"


def _attempts(report: Report) -> str:
    return "\n".join(_attempt(attempt) for attempt in report.attempts)


def _attempt(attempt: Attempt) -> str:
    who = attempt.target or "Somebody who is no longer listed"
    return f"{who} took the call." if attempt.talked else f"{who} could not be reached."
