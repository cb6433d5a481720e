"""How the business is doing, in a few numbers."""

from domain.overview.service import appointments as appointments
from domain.overview.service import calls as calls
from domain.overview.service import leads as leads
from domain.overview.service import messages as messages
