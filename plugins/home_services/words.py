"""How callers name the work and its emergencies, and how long records of it are kept."""

from domain.personal import DataClass
from domain.privacy.periods import Period
from domain.reminders.models import RuleKind
from plugins.vertical import Floor

WORDS = {
    "Drain cleaning": ("clogged drain", "blocked drain", "clogged toilet", "slow drain", "snake"),
    "Water heater visit": ("hot water tank", "water heater", "no hot water", "boiler visit"),
    "Heating repair": ("furnace", "heat pump", "radiator", "heating"),
    "Air conditioning repair": ("air conditioner", "AC repair", "AC", "A.C.", "cooling"),
    "Diagnostic visit": ("somebody to look", "plumber", "electrician", "technician", "handyman"),
}

WORDINGS = {
    RuleKind.CONFIRMATION: (
        "{business}: {service} on {when}. A technician comes to you; please"
        " see to it that somebody is there."
    ),
    RuleKind.REMINDER: (
        "{business}: we come for {service} on {when}. Please clear the way to the place of work."
    ),
}

FLOORS = (
    # Warranty on workmanship is commonly a year; whoever comes back has to be found.
    Floor(DataClass.APPOINTMENT, Period(years=1), "visits are found while work is under warranty"),
)

# What is over, or only planned, sends nobody out at night.
CALM = (
    *("last year", "last month", "last week", "already fixed", "is fixed", "was fixed"),
    *("quote", "estimate", "tune up", "maintenance", "next month", "warranty"),
)
HOW_TO = ("how do i", "how can i", "walk me through", "tell me how", "how to")
DANGEROUS_WORK = ("gas line", "gas valve", "breaker*", "wire*", "wiring", "pilot light", "panel")
ELECTRIC = ("outlet*", "breaker*", "panel", "wire*", "wiring", "socket*")
NO_HEAT = (
    "no heat",
    "no heating",
    "without heat",
    "without heating",
    "heat is out",
    "heat went out",
    "heat is off",
    "heat stopped",
    "heating stopped",
    "heating is out",
    "furnace is out",
    "furnace died",
    "furnace is dead",
    "furnace went out",
    "furnace stopped",
    "furnace quit",
    "boiler died",
    "boiler stopped",
    "boiler is out",
    "do not have heat",
    "do not have any heat",
    "freezing in here",
    "house is freezing",
)
SPARKING = (
    "spark*",
    "smok*",
    "burning smell",
    "smell* burn*",
    "buzzing",
    "hot to the touch",
    "arcing",
)
FLOODING = (
    "burst",
    "flooding",
    "flooded",
    "water everywhere",
    "water is everywhere",
    "pouring",
    "gushing",
    "sewage",
    "backing up into",
    "ceiling is leaking",
    "ceiling is coming down",
)
