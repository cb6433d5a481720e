"""What a call sounded like, sealed."""

from domain.recordings.service import Recorded as Recorded
from domain.recordings.service import Take as Take
from domain.recordings.service import begin as begin
from domain.recordings.service import decline as decline
from domain.recordings.service import delete as delete
from domain.recordings.service import expire as expire
from domain.recordings.service import fail as fail
from domain.recordings.service import finish as finish
from domain.recordings.service import listen as listen
from domain.recordings.service import sound as sound
