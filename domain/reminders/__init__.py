"""Confirmations and reminders of visits: when they go out, and what people answer."""

from domain.reminders.rulebook import NewRule as NewRule
from domain.reminders.rulebook import add_rule as add_rule
from domain.reminders.rulebook import change_rule as change_rule
from domain.reminders.rulebook import remove_rule as remove_rule
from domain.reminders.rulebook import rules as rules
from domain.reminders.rulebook import take_back as take_back
