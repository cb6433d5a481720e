"""Who may be written to or called, and who has said no."""

from domain.outreach.service import Heard as Heard
from domain.outreach.service import Incoming as Incoming
from domain.outreach.service import Reply as Reply
from domain.outreach.service import claim_confirmation as claim_confirmation
from domain.outreach.service import hear as hear
from domain.outreach.service import refused as refused
