"""How patients name their visits and what is wrong, and for how long records are kept."""

from domain.personal import DataClass
from domain.privacy.periods import Period
from domain.reminders.models import RuleKind
from plugins.vertical import Floor

WORDS = {
    "Cleaning": ("teeth cleaning", "hygiene visit", "cleaned", "hygienist"),
    "Exam": ("checkup", "check up", "check-up", "dentist"),
    "New patient exam": ("first visit", "new patient visit", "new patient appointment"),
    "Emergency visit": ("toothache", "tooth pain", "broken tooth", "chipped tooth", "tooth hurts"),
    "Filling": ("cavity", "cavities"),
    "Crown": ("crown fitting", "crown seated"),
}

# Whoever reads over somebody's shoulder learns that there is an appointment, and when.
WORDINGS = {
    RuleKind.CONFIRMATION: (
        "{business}: your appointment is on {when}. Please come ten minutes early."
    ),
    RuleKind.REMINDER: "{business}: a reminder of your appointment on {when}.",
}

REASON = "records of patients are kept for seven years"
FLOORS = tuple(
    Floor(data_class, Period(years=7), REASON)
    for data_class in (
        DataClass.APPOINTMENT,
        DataClass.CALLER_IDENTITY,
        DataClass.CALL_METADATA,
        DataClass.INQUIRY,
        DataClass.RECORDING,
        DataClass.TRANSCRIPT,
    )
)

CALM = ("years ago", "as a child", "dream*", "next month")
TOOTH = ("tooth", "teeth")
KNOCKED_OUT = (
    *("knocked out", "knocked my", "knocked his", "knocked her", "knocked their", "knocked one"),
    *("knocked a", "got knocked", "was knocked", "fell out", "came out", "popped out"),
    *("in my hand", "in his hand", "in her hand", "out of its socket", "out of the socket"),
)
# A crown or a filling is no tooth: it is urgent, and can be put back.
LOST_WORK = (
    *("crown fell", "crown came", "crown popped", "filling fell", "filling came", "denture*"),
    *("filling popped", "veneer*"),
)
SWELLING = ("swelling", "swollen", "swelled", "puffed up")
INFECTION = ("abscess*", "infection", "infected")
SPREADING = (
    *("fever*", "temperature", "chills", "trouble swallowing", "hard to swallow", "cannot swallow"),
    *("hurts to swallow", "difficulty swallowing", "unable to swallow", "can barely swallow"),
    *("trouble breathing", "hard to breathe", "cannot breathe", "difficulty breathing"),
    *("drool*", "eye is closing", "eye is swollen", "cannot open my mouth", "down my neck"),
    *("neck is swollen", "throat is closing", "tongue is swollen", "spreading"),
)
FACE = ("face", "cheek*", "jaw", "gum*", "mouth", "tooth", "teeth", "lip*", "eye", "side")
JAW = ("jaw",)
BROKEN = ("broke*", "fractur*", "dislocat*", "out of place", "cannot close", "stuck open")
BLEEDING = ("bleed*", "blood")
UNSTOPPED = (
    *("does not stop", "will not stop", "would not stop", "did not stop", "not stopping"),
    *("has not stopped", "have not stopped", "cannot stop", "cannot get it to stop"),
    *("cannot make it stop", "keeps bleeding", "still bleeding", "soaking through"),
    *("soaked through", "for hours", "all night", "nonstop", "non stop"),
)
ADVICE = (
    *("should i", "can i", "may i", "could i", "is it safe", "is it ok", "is it okay"),
    *("how much", "how many", "how often", "what can i take", "what should i take", "do i need"),
)
DRUGS = (
    *("ibuprofen", "advil", "motrin", "tylenol", "acetaminophen", "aspirin", "amoxicillin"),
    *("antibiotic*", "painkiller*", "pain killer*", "medication*", "medicine*", "blood thinner*"),
    *("pill", "pills", "dose*", "steroid*", "pregnan*", "what can i take", "what should i take"),
)
# What asks for an opinion by itself.
BODY = (
    *("is it normal", "is this normal", "what is wrong with me", "could it be cancer"),
    *("do i have an infection", "is it infected", "should i be worried", "medical advice"),
)
RESULTS = ("result*", "diagnosis", "biopsy")
TELLING = ("what", "tell me", "read me", "are my", "are his", "are her", "came back", "are the")
