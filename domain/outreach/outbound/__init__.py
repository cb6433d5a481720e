"""Calls and texts that are to go out: asked for, let out by the gate, or withheld with a reason."""

from domain.outreach.outbound.service import Wanted as Wanted
from domain.outreach.outbound.service import ask as ask
from domain.outreach.outbound.service import withhold_all as withhold_all
