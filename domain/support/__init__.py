"""Help for the business, and what people thought."""

from domain.support.service import change_ticket as change_ticket
from domain.support.service import give_feedback as give_feedback
from domain.support.service import open_ticket as open_ticket
