"""What was said, on any channel."""

from domain.conversations.service import Findings as Findings
from domain.conversations.service import Opening as Opening
from domain.conversations.service import Said as Said
from domain.conversations.service import add_turns as add_turns
from domain.conversations.service import end as end
from domain.conversations.service import forget_turns as forget_turns
from domain.conversations.service import identify as identify
from domain.conversations.service import keep_answer as keep_answer
from domain.conversations.service import keep_findings as keep_findings
from domain.conversations.service import note_outcome as note_outcome
from domain.conversations.service import of_caller as of_caller
from domain.conversations.service import only_oneself as only_oneself
from domain.conversations.service import only_own as only_own
from domain.conversations.service import stalled as stalled
from domain.conversations.service import start as start
