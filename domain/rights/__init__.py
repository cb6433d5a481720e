"""The rights desk: what people ask of their data, by when it is answered, and what comes of it."""

from domain.rights.choices import choose as choose
from domain.rights.choices import ended_by as ended_by
from domain.rights.choices import forbids as forbids
from domain.rights.choices import may_ask as may_ask
from domain.rights.fulfilment import complete as complete
from domain.rights.fulfilment import fulfil as fulfil
from domain.rights.fulfilment import name_contact as name_contact
from domain.rights.intake import Asked as Asked
from domain.rights.intake import ask as ask
from domain.rights.intake import ask_about_account as ask_about_account
from domain.rights.parting import part as part
from domain.rights.service import assign as assign
from domain.rights.service import confirm as confirm
from domain.rights.service import extend as extend
from domain.rights.service import refuse as refuse
from domain.rights.service import withdraw as withdraw
from domain.rights.service import withdraw_own as withdraw_own
from domain.rights.verification import prove as prove
from domain.rights.verification import send_again as send_again
from domain.rights.verification import speak as speak
from domain.rights.verification import vouch as vouch
