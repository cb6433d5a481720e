"""Keeping track of what a caller wants over many turns: offers taken up, changes of mind, others.

The live receptionist decides by the same rules (`meaning.py`); what people said to each other, in
a call that was recorded or in a conversation that a person handled, is followed by all of them.
"""

from domain.receptionist.tracking.business import said_by_business
from domain.receptionist.tracking.caller import agreed_to, said_by_caller
from domain.receptionist.tracking.wants import Proposal, Visitor, Wants

__all__ = ["Proposal", "Visitor", "Wants", "agreed_to", "said_by_business", "said_by_caller"]
