"""Messages that callers leave."""

from domain.messages.service import NewMessage as NewMessage
from domain.messages.service import leave as leave
from domain.messages.service import mark_read as mark_read
from domain.messages.service import resolve as resolve
from domain.messages.service import set_priority as set_priority
