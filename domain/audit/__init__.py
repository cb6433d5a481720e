"""Who did and saw what: the trail that units of work leave, sealed into a chain."""

from domain.audit.service import Search as Search
from domain.audit.service import disclosures as disclosures
from domain.audit.service import export as export
from domain.audit.service import find as find
