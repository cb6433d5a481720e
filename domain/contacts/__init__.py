"""The people who call."""

from domain.contacts.service import Details as Details
from domain.contacts.service import add as add
from domain.contacts.service import greet as greet
from domain.contacts.service import lift_restriction as lift_restriction
from domain.contacts.service import list_number as list_number
from domain.contacts.service import recognise as recognise
from domain.contacts.service import restrict as restrict
from domain.contacts.service import treatment as treatment
from domain.contacts.service import unlist_number as unlist_number
from domain.contacts.service import update as update
