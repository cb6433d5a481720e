"""How callers name a visit, and what an agent must not answer."""

from domain.personal import DataClass
from domain.privacy.periods import Period
from domain.reminders.models import RuleKind
from plugins.vertical import Floor

WORDS = {
    "Showing": ("viewing", "tour", "see the house", "see the apartment", "walk through", "look at"),
    "Listing appraisal": ("sell my house", "what is my home worth", "valuation", "list my home"),
}

WORDINGS = {
    RuleKind.CONFIRMATION: (
        "{business}: {service} on {when}. The agent meets you at the door; please bring a photo ID."
    ),
    RuleKind.REMINDER: "{business}: a reminder of {service} on {when}.",
}

FLOORS = (
    Floor(DataClass.APPOINTMENT, Period(years=1), "who has seen a listing is proved to its owner"),
)

# What steering by an agent would be about (42 U.S.C. 3604).
PEOPLE = (
    *("kind of people", "what kind of neighbors", "who lives there", "who lives in", "families"),
    *("safe neighborhood", "bad neighborhood", "good neighborhood", "crime", "ethnic*", "race"),
    *("religion", "church*", "black", "white", "hispanic", "asian", "jewish", "muslim"),
)
PLACE = ("neighborhood", "area", "street", "block", "building", "neighbors", "community", "there")
LOCKED = (
    *("locked inside", "locked in the house", "lockbox is open", "door is wide open"),
    *("door will not lock", "alarm is going off", "alarm went off", "left the stove on"),
    *("tenant is still inside", "somebody is inside", "water is running", "pipe burst"),
)
