"""People who may become customers."""

from domain.leads.service import NewLead as NewLead
from domain.leads.service import capture as capture
from domain.leads.service import change_status as change_status
from domain.leads.service import qualify as qualify
