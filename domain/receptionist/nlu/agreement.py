"""Whether somebody agrees to be recorded, or refuses: rules alone, in the languages of callers.

A yes counts only if nothing else was said with it: "Yes, hello, I am calling about my tooth" is how
people begin to speak, and no answer. A refusal counts wherever it stands.
"""

import re

from domain.receptionist.nlu.confirmation import Answer, find_confirmation
from domain.receptionist.nlu.heard import fold, hear

_NOISE = re.compile(r"[^\w'\s]+")
_YES = (
    r"yes|yeah|yea|yep|yup|yah|sure|sure thing|ok|okay|all right|alright|fine|absolutely|certainly"
    r"|definitely|of course|by all means|go ahead|please do|affirmative|correct|agreed|granted"
    r"|you (?:may|can)|i (?:agree|consent|do|accept|allow (?:it|that))|i'm (?:fine|ok|okay) with"
    r" (?:it|that|this)"
    r"|(?:that's|that is|it's|this is) (?:all right|alright|fine|ok|okay|good)"
    r"|no (?:problem|objections?|worries)|not a problem|i (?:do not|don't) mind"
    r"|yes (?:you may|you can|i do|i agree|i consent|record it|record this|please)"
    r"|(?:you (?:may|can) )?(?:record|tape) (?:it|this|me|the call|this call|away)"
    # Spanish, French, German, Italian, Portuguese, Dutch, Polish
    r"|sí|si|claro|claro que sí|por supuesto|de acuerdo|vale|está bien|adelante|acepto|no hay"
    r" problema"
    r"|oui|d'accord|bien sûr|allez y|j'accepte|pas de problème|ja|jawohl|gerne|einverstanden"
    r"|in ordnung|kein problem|natürlich|klar|sì|certo|va bene|d'accordo|sim|está bem|pode ser"
    r"|ja hoor|akkoord|prima|geen probleem|tak|zgadzam się"
)
_BESIDE = (
    r"um+|uh+|oh|well|hi|hello|thanks|thank you|please|that|it|then|i guess|for me|with me|with"
    r" that|por favor|gracias|s'il vous plaît|merci|bitte|danke|per favore|grazie|obrigado"
    r"|obrigada|graag|dank u"
)
_AGREES = re.compile(rf"(?:(?:{_BESIDE}) )*(?:{_YES})(?: (?:{_YES}|{_BESIDE}))*")
_REFUSES = re.compile(
    r"^(?:um+ |uh+ |oh |well |sorry |please )*(?:no|nope|nah|never|negative|nein|non|não|nee|nie"
    r"|nej|ne)\b"
    r"|\b(?:rather (?:you )?(?:not|did not|didn't)|please (?:do not|don't)|i(?:'d| would) prefer"
    r" (?:not|you didn't)|i (?:refuse|decline|object)|not (?:ok|okay|fine|all right)"
    r"|mejor no|prefiero que no|no quiero|lieber nicht|bitte nicht|möchte ich nicht|je refuse"
    r"|je préfère pas|je ne préfère pas|plutôt pas|preferisco di no|meglio no|prefiro não"
    r"|liever niet)\b"
)
_RECORDED = r"(?:recorded|recording|transcribed|transcribing|transcription|taped|taping)"
_AGAINST = re.compile(
    rf"\b(?:stop|quit|cease|pause|end|no|without|against|refuse|disable|cancel|object to|opt out of"
    rf"|turn off|switch off|shut off)"
    rf" (?:(?:the|this|your|any|all|being|to be|call|me|audio) )*{_RECORDED}\b"
    r"|\b(?:turn|switch|shut) (?:the|this|that|your) (?:recording|recorder|transcription) off\b"
    rf"|(?<!why )\b(?:do not|don't|dont|not|can't|cannot|mustn't)"
    rf" (?:(?:want|wish|like|agree|consent|allow|permit|need|ok|okay|with|you|to|be|being|get|me|us"
    rf"|my voice|this|the|call|please|any) )*{_RECORDED}\b"
    r"|(?<!why )\b(?:do not|don't|dont|not|never|can't|cannot|mustn't)"
    r" (?:(?:want|wish|like|allow|permit|you|anyone|anybody|to|please|keep) )*"
    r"(?:record|tape|transcribe)\b(?! of\b)"
    rf"|\bnever (?:agreed|consented|wanted) to (?:be|being) {_RECORDED}\b"
    r"|\bstop (?:record|transcrib|tap)ing\b"
    r"|\b(?:do not|don't|dont|no longer|never) (?:give (?:you )?(?:my )?)?(?:consent|permission)\b"
    r"|\b(?:withdraw|revoke|take back) (?:my )?(?:consent|permission|agreement)\b"
    r"|\b(?:delete|erase|destroy) (?:the|this|that|my) recording\b"
    # Spanish
    r"|\bno (?:(?:me|lo|la|nos|quiero|que|se|deseo|acepto|autorizo|ser|esta|la|llamada|siga|sigan)"
    r" )*(?:grab(?:e|en|es|ar|ando|ado|ada|ación)|transcrib\w+)\b"
    r"|\b(?:sin|deje de|dejen de|pare de|paren de|detenga la) grab(?:ar|ación)\b"
    # French
    r"|\b(?:n'|ne |m'|ne m')?enregistre[rz]? pas\b|\bpas (?:être )?(?:enregistrée?|enregistrer)\b"
    r"|\b(?:arrêtez|arrêter) (?:d'|de |l')enregistr\w+|\bsans enregistrement\b"
    # German
    r"|\bnicht (?:\w+ )?(?:auf(?:nehmen|zeichnen|genommen|gezeichnet|zunehmen|zuzeichnen)|"
    r"mitschneiden|mitgeschnitten)\b|\b(?:keine|ohne) (?:aufnahme|aufzeichnung)\b"
    # Italian, Portuguese, Dutch
    r"|\bnon (?:(?:mi|voglio|essere|vorrei|la|che) )*registr\w+"
    r"|\bnão (?:(?:me|quero|ser|que|a|chamada) )*grav(?:e|em|ar|ada|ado|ação)\b"
    r"|\bniet (?:worden )?(?:op(?:nemen|genomen)|opgenomen worden)\b|\bgeen opname\b"
)
_AGAIN = re.compile(
    r"\b(?:repeat|say) (?:that|it)(?: again)?\b|\b(?:pardon|come again|what was that|what did you"
    r" say)\b|^(?:what|sorry|huh|cómo|perdón|comment|pardon|wie bitte|come|como)$"
)


def answer_about_recording(text: str) -> Answer:
    """What somebody answers who was asked for a yes; what is not clear is `UNSURE`."""
    said = plain(text)
    if _AGREES.fullmatch(said):
        return Answer.YES
    if refuses_recording(text) or _REFUSES.search(said):
        return Answer.NO
    if _AGAIN.search(said):
        return Answer.REPEAT
    # In a longer sentence a "not" is about something else.
    heard = find_confirmation(hear(text)) if len(said.split()) <= _SHORT else None
    return Answer.NO if heard and heard.answer is Answer.NO else Answer.UNSURE


def is_whole_answer(text: str) -> bool:
    """Whether nothing but the answer was said, so that nothing else needs a reply."""
    said = plain(text)
    refuses = len(said.split()) <= _SHORT + 1 and bool(_REFUSES.search(said))
    return bool(_AGREES.fullmatch(said)) or refuses


def refuses_recording(text: str) -> bool:
    """Whether somebody asks, at any moment, not to be recorded."""
    return bool(_AGAINST.search(plain(text)))


# Words of "I would rather not".
_SHORT = 4


def plain(text: str) -> str:
    """Lower case, without marks, one space apart."""
    return " ".join(_NOISE.sub(" ", fold(text).replace("-", " ")).split())
