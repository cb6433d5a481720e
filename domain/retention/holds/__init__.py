"""Legal holds: what must not be deleted, because somebody may have to answer for it."""

from domain.retention.holds.service import NewHold as NewHold
from domain.retention.holds.service import place as place
from domain.retention.holds.service import release as release
from domain.retention.holds.service import remind as remind
from domain.retention.holds.service import review_again as review_again
