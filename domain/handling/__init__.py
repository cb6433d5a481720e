"""Who takes a call: the staff, the receptionist, or the voicemail."""

from domain.handling.service import Ring as Ring
from domain.handling.service import Step as Step
from domain.handling.service import Turn as Turn
from domain.handling.service import begin as begin
from domain.handling.service import give_up as give_up
from domain.handling.service import hand_over as hand_over
from domain.handling.service import hear as hear
from domain.handling.service import over as over
from domain.handling.service import stand_in as stand_in
