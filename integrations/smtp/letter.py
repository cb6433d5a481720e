"""A letter as it travels (RFC 5322)."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from domain.messages.ports import CalendarPart, Mail

# Whoever has to forget a conversation finds the letters about it.
ABOUT = "Deskbell-About"
FILE = "appointment.ics"


def compose(mail: Mail, sender: str, at: datetime) -> EmailMessage:
    """The message to hand to a server; the same mail always has the same Message-ID."""
    message = EmailMessage()
    message["From"] = sender
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["To"] = ", ".join(mail.to)
    # A line break in a header would begin another header.
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{mail.message_id}>"
    if mail.about:
        message[ABOUT] = mail.about
    # Keeps holiday notices from answering a machine (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    if mail.calendar is not None:
        _invite(message, mail.calendar)
    return message


def _invite(message: EmailMessage, part: CalendarPart) -> None:
    """Add an entry twice: as mail programs that know calendars want it, and as a file."""
    message.add_alternative(part.text, subtype="calendar", params={"method": part.method})
    file = part.text.encode()
    message.add_attachment(file, maintype="application", subtype="ics", filename=FILE)
