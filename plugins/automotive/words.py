"""How drivers name the work, and what tells that a car must not be driven."""

from domain.personal import DataClass
from domain.privacy.periods import Period
from domain.reminders.models import RuleKind
from plugins.vertical import Floor

WORDS = {
    "Oil change": ("oil", "lube", "oil service"),
    "Brake inspection": ("brakes", "brake pads", "brake job", "squeaky brakes", "rotors"),
    "Diagnosis": ("check engine light", "strange noise", "will not start", "engine light"),
    "Tire rotation": ("tires", "tyres", "rotate my tires", "wheel balance"),
    "Tow-in inspection": ("tow", "towed in", "flatbed"),
}

WORDINGS = {
    RuleKind.CONFIRMATION: "{business}: {service} on {when}. Please bring the registration.",
    RuleKind.REMINDER: "{business}: your car is due for {service} on {when}.",
}

FLOORS = (
    Floor(DataClass.APPOINTMENT, Period(years=1), "repairs are found while they have a warranty"),
)

CALM = ("last year", "last month", "quote", "estimate", "was fixed", "already fixed", "recall")
UNSAFE = (
    *("brakes failed", "brakes are failing", "brakes do not work", "brakes are not working"),
    *("brakes went out", "brakes are gone", "no brakes", "brake pedal goes to the floor"),
    *("pedal goes to the floor", "pedal went to the floor", "lost steering", "lost my steering"),
    *("cannot steer", "steering locked", "steering is locked", "wheel came off", "wheel fell off"),
    *("wheel is coming off", "wheel is wobbling", "tire blew", "tire burst", "blew a tire"),
    *("engine is overheating", "overheating", "leaking fuel", "leaking gas", "fuel leak"),
    *("smell fuel", "smell gasoline", "smoke from under the hood", "smoke coming from"),
)
STRANDED = (
    *("stuck on the side", "broke down", "broken down", "stranded", "stuck on the highway"),
    *("side of the road", "side of the highway", "on the shoulder"),
)
SAFE_QUESTION = (
    "safe to drive",
    "can i still drive",
    "can i drive",
    "okay to drive",
    "ok to drive",
)
