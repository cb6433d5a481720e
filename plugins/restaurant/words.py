"""What guests say who are unwell, and what nobody may promise them."""

from domain.personal import DataClass
from domain.privacy.periods import Period
from domain.reminders.models import RuleKind
from plugins.vertical import Floor

WORDS: dict[str, tuple[str, ...]] = {}

WORDINGS = {
    RuleKind.CONFIRMATION: "{business}: your table is reserved for {when}; we hold it a while.",
    RuleKind.REMINDER: (
        "{business}: we look forward to seeing you {when}. Please tell us if plans have changed."
    ),
}

FLOORS = (
    Floor(DataClass.APPOINTMENT, Period(days=60), "guests can be told of an illness found later"),
)

ILL = (
    *("food poisoning", "got sick", "got ill", "made me sick", "made us sick", "throwing up"),
    *("vomiting", "glass in my", "hair in my", "metal in my"),
)
EATEN = ("ate", "eaten", "eating", "dinner", "lunch", "food", "meal", "dish", "restaurant", "there")
ALLERGY = (
    "allergic",
    "allergy",
    "allergies",
    "celiac",
    "coeliac",
    "anaphyla*",
    "epipen",
    "nut free",
)
ALLERGY_SAFE = ("safe", "guarantee*", "promise*", "sure", "cross contamination", "can i eat")
