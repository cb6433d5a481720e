"""Telephone calls, from ringing to final."""

from domain.calls.service import Ringing as Ringing
from domain.calls.service import answer as answer
from domain.calls.service import end as end
from domain.calls.service import find as find
from domain.calls.service import give_up as give_up
from domain.calls.service import go_on as go_on
from domain.calls.service import note as note
from domain.calls.service import of_caller as of_caller
from domain.calls.service import ring as ring
from domain.calls.service import settle_overdue as settle_overdue
from domain.calls.service import settle_recording as settle_recording
from domain.calls.service import settle_summary as settle_summary
