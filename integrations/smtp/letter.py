"""A letter as it travels (RFC 5322)."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from domain.messages.ports import Mail

# Whoever has to forget a conversation finds the letters about it.
ABOUT = "Deskbell-About"


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
    return message
