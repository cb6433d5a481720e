"""Whether somebody asks if they speak with a person: rules alone, for the answer must be true.

The statistical intents know the question too, in English; this net is beneath them (L10).
"""

import re

from domain.receptionist.nlu.agreement import plain

_MACHINE = (
    r"(?:robots?|bots?|chat ?bots?|machines?|computers?|a ?i|artificial|automated|automatic"
    r"|software|program|android|virtual|recording|recorded message|siri|alexa|chat ?gpt|gpt|llm"
    r"|language model|answering machine|voice ?bot|digital assistant)"
)
_PERSON = (
    r"(?:humans?(?: beings?)?|persons?|people|(?:real|live|living|actual)"
    r" (?:humans?|persons?|people|ones?|voice|man|woman|lady|guy|receptionist|employee)"
    r"|(?:real|alive)$|flesh and blood|someone real|somebody real)"
)
_THING = r"(?:an? |the |some |any |one of those |just |only |really |actually |even |like )*"
_ASKS = (
    rf"\b(?:are you|r u|are ya|aren't you|you're|youre|you are|were you) (?:not )?{_THING}"
    rf"(?:\w+ )?(?:{_MACHINE}|{_PERSON})\b"
    rf"|\b(?:is|isn't|was|it's|its|that's) (?:this|it|that|there)?\s?{_THING}(?:\w+ )?"
    rf"(?:{_MACHINE}|{_PERSON})\b"
    rf"|\b(?:am i|i'm|are we|is this me) (?:really |actually |just )*"
    rf"(?:speaking|talking|chatting|writing|texting|dealing)(?: here)? (?:to|with)"
    rf" {_THING}(?:{_MACHINE}|{_PERSON})\b"
    rf"|\byou (?:sound|seem|talk|act)(?: \w+)? (?:like )?{_THING}(?:{_MACHINE}|{_PERSON})\b"
    rf"|\b(?:do you have|have you got) (?:a )?(?:pulse|body|heartbeat|feelings)\b"
    rf"|\b(?:person|human|man|woman|real|people) or (?:an? )?(?:\w+ )?{_MACHINE}\b"
    rf"|\b{_MACHINE} or (?:an? )?(?:\w+ )?{_PERSON}\b"
    r"|\bwhat (?:exactly )?are you\b(?! (?:doing|open|offer|going|looking|asking|charging|able|up))"
    r"|\bdid (?:a|an) (?:robot|machine|computer) (?:answer|pick up)\b"
)
# A wish for a person is no question about us: the intents know it.
_WANTS = re.compile(
    r"^(?:please )?(?:can|could|may|let|i (?:want|need|would like)|i'd like|give me|get me)\b"
    r"(?!.*\b(?:are you|is this|am i)\b)"
)
_OTHERS = (
    # Spanish
    r"\b(?:eres|es|está|estoy hablando con|hablo con|usted es|esto es|es esto) (?:usted |tú )?"
    r"(?:un |una |el |la )?(?:robot|máquina|maquina|bot|ordenador|computadora|persona|humano"
    r"|humana|ser humano|inteligencia artificial|grabación|contestador|ia)\b"
    # French
    r"|\b(?:êtes|etes|es|suis|est ce|c'est|parle|parlé je|je parle)(?: \w+){0,3}"
    r" (?:robot|machine|humaine?|vraie personne|personne réelle|intelligence artificielle"
    r"|ordinateur|répondeur|ia)\b"
    # German
    r"|\b(?:sind|bist|spreche|rede|ist)(?: \w+){0,4} (?:roboter|maschine|mensch|menschen|computer"
    r"|ki|bot|künstliche intelligenz|anrufbeantworter|echte[rn]? (?:mensch|person)(?:en)?)\b"
    # Italian
    r"|\b(?:sei|è|parlo|sto parlando)(?: \w+){0,3} (?:robot|macchina|umano|umana|persona(?: vera)?"
    r"|intelligenza artificiale|computer|bot|risponditore)\b"
    # Portuguese
    r"|\b(?:você é|é você|é|estou a falar|estou falando|falo)(?: \w+){0,3} (?:robô|robot|máquina"
    r"|humano|humana|pessoa(?: real| de verdade)?|inteligência artificial|computador|gravação)\b"
    # Dutch, Polish
    r"|\b(?:bent|ben|is|spreek)(?: \w+){0,4} (?:robot|machine|mens|computer|echt persoon|ai)\b"
    r"|\b(?:jesteś|czy to|pan jest|pani jest|rozmawiam z)(?: \w+){0,2} (?:robot(?:em)?|człowiekiem"
    r"|maszyną?|komputerem|automatem|sztuczna inteligencja)\b"
)
_NATURE = re.compile(f"{_ASKS}|{_OTHERS}")


def asks_what_we_are(text: str) -> bool:
    """Whether the caller wants to know if this is a person or a machine."""
    said = plain(text)
    return bool(_NATURE.search(said)) and not _WANTS.search(said)
