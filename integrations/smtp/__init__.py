"""E-mail: over SMTP, or into a mailbox folder on this machine."""

from integrations.smtp.client import SmtpMailer as SmtpMailer
from integrations.smtp.mailbox import MailboxMailer as MailboxMailer
from integrations.smtp.settings import SmtpSettings as SmtpSettings
