"""The business as its receptionist knows it."""

from domain.business.closures import Days as Days
from domain.business.closures import add_closure as add_closure
from domain.business.closures import remove_closure as remove_closure
from domain.business.intakes import add_intake as add_intake
from domain.business.intakes import change_intake as change_intake
from domain.business.locations import add_location as add_location
from domain.business.locations import change_location as change_location
from domain.business.locations import make_default as make_default
from domain.business.locations import remove_location as remove_location
from domain.business.questions import accept as accept
from domain.business.questions import next_question as next_question
from domain.business.resources import add_resource as add_resource
from domain.business.resources import change_resource as change_resource
from domain.business.resources import remove_resource as remove_resource
from domain.business.restoring import restore as restore
from domain.business.rulebook import set_rules as set_rules
from domain.business.services import add_service as add_service
from domain.business.services import assign as assign
from domain.business.services import change_service as change_service
from domain.business.services import remove_service as remove_service
from domain.business.versions import current_rules as current_rules
from domain.business.versions import pin as pin
from domain.business.versions import profile as profile
from domain.business.versions import version as version
