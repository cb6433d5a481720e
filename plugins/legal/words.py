"""How callers name what they come for, what is urgent, and what is advice."""

from domain.personal import DataClass
from domain.privacy.periods import Period
from domain.reminders.models import RuleKind
from plugins.vertical import Floor

WORDS = {
    "Initial consultation": ("consultation", "lawyer", "attorney", "legal help", "consult"),
    "Client meeting": ("meeting about my case", "meet my lawyer", "case review"),
}

WORDINGS = {
    RuleKind.CONFIRMATION: (
        "{business}: your appointment is on {when}. Please bring a photo ID"
        " and your papers. This is no legal advice."
    ),
    RuleKind.REMINDER: "{business}: your appointment is on {when}. This is no legal advice.",
}

FLOORS = (Floor(DataClass.APPOINTMENT, Period(years=1), "conflicts of interest are looked up"),)

CUSTODY = (
    *("arrested", "in custody", "in jail", "at the police station", "being questioned"),
    *("police are here", "police want to talk", "search warrant"),
)
DEADLINE = ("court", "hearing", "deadline", "statute of limitations", "eviction", "served")
NOW = ("today", "tonight", "tomorrow", "this morning", "this afternoon", "in an hour", "expires")
PLANNED = ("appointment", "book", "consultation tomorrow", "consultation today", "reschedule")
ADVICE = (
    *("should i", "can i sue", "do i have a case", "what are my rights", "is it legal"),
    *("am i liable", "will i win", "how much will i get", "can they fire", "can my landlord"),
    *("what happens if", "do i have to", "is it illegal", "am i entitled", "legal advice"),
)
ABOUT_LAW = (
    *("sue*", "case", "rights", "legal*", "illegal*", "liable", "win", "get", "fire", "evict*"),
    *("sign*", "pay*", "court", "divorce*", "custody", "testify", "plead", "settle*", "entitled"),
    *("landlord", "contract", "will", "lawsuit", "claim"),
)
