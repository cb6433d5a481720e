"""What the business has told its receptionist to answer."""

from domain.knowledge.service import add as add
from domain.knowledge.service import publish as publish
from domain.knowledge.service import retire as retire
from domain.knowledge.service import update as update
