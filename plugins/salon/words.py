"""How guests name what they come for, and what they say when something went wrong."""

from domain.personal import DataClass
from domain.privacy.periods import Period
from domain.reminders.models import RuleKind
from plugins.vertical import Floor

WORDS = {
    "Haircut": ("trim", "cut", "hair cut", "bangs trim"),
    "Blow-dry": ("blowout", "blow out", "styling"),
    "Color": ("hair dye", "dye my hair", "highlights", "balayage", "roots", "colour"),
    "Manicure": ("nails", "gel nails", "nail polish"),
}

WORDINGS = {
    RuleKind.CONFIRMATION: (
        "{business}: {service} on {when}. Please tell us a day before if you cannot come."
    ),
    RuleKind.REMINDER: "{business}: we look forward to seeing you for {service} on {when}.",
}

FLOORS = (
    Floor(DataClass.APPOINTMENT, Period(months=6), "what was used on skin and hair is looked up"),
)

REACTION = ("burning", "burns", "blister*", "swelling", "swollen", "rash", "hives", "itching")
AFTER = (
    "color",
    "colour",
    "dye",
    "bleach",
    "treatment",
    "wax",
    "nails",
    "scalp",
    "lash*",
    "facial",
)
CALM = ("last year", "years ago", "in the past", "quote")
MEDICAL = ("is it safe", "safe for me", "should i be worried", "am i allergic")
BODY = (
    "pregnant",
    "pregnancy",
    "chemo*",
    "accutane",
    "retinol",
    "eczema",
    "psoriasis",
    "medication",
)
