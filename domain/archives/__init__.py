"""Everything of a person, or of the business, in one file: to read, to keep, to take elsewhere."""

from domain.archives.service import cancel as cancel
from domain.archives.service import collect as collect
from domain.archives.service import make_link as make_link
from domain.archives.service import start_for_contact as start_for_contact
from domain.archives.service import start_for_tenant as start_for_tenant
from domain.archives.service import start_for_user as start_for_user
