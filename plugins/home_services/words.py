"""How callers name the work, and how long records of it are kept."""

from domain.personal import DataClass
from domain.privacy.periods import Period
from plugins.vertical import Floor

WORDS = {
    "Drain cleaning": ("clogged drain", "blocked drain", "clogged toilet", "slow drain", "snake"),
    "Water heater visit": ("hot water tank", "water heater", "no hot water", "boiler visit"),
    "Heating repair": ("furnace", "heat pump", "radiator", "heating"),
    "Air conditioning repair": ("air conditioner", "AC repair", "AC", "A.C.", "cooling"),
    "Diagnostic visit": ("somebody to look", "plumber", "electrician", "technician", "handyman"),
}

FLOORS = (
    # Warranty on workmanship is commonly a year; whoever comes back has to be found.
    Floor(DataClass.APPOINTMENT, Period(years=1), "visits are found while work is under warranty"),
)
