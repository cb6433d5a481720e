"""Words of danger, by language."""

from domain.receptionist.nlu.danger.english import ENGLISH as ENGLISH
from domain.receptionist.nlu.danger.french import FRENCH
from domain.receptionist.nlu.danger.german import GERMAN
from domain.receptionist.nlu.danger.italian import ITALIAN
from domain.receptionist.nlu.danger.portuguese import PORTUGUESE
from domain.receptionist.nlu.danger.spanish import SPANISH
from domain.receptionist.nlu.danger.words import together

# Short cries look alike in these, so they are read as one.
OTHERS = together("others", SPANISH, FRENCH, GERMAN, PORTUGUESE, ITALIAN)
