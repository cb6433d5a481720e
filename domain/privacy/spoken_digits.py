"""Number words of several languages, and what speech recognition makes of them."""

from itertools import product

ENGLISH_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

# What is heard instead of a digit, between digits only: "four to for ate".
HOMOPHONES = {
    "to": 2, "too": 2, "tu": 2, "for": 4, "fore": 4, "ate": 8, "won": 1, "wan": 1, "tree": 3,
    "free": 3, "fife": 5, "sex": 6, "sicks": 6, "sax": 6, "niner": 9, "nein": 9, "nye": 9,
    "ait": 8, "aight": 8, "hate": 8, "fort": 4, "foe": 4, "ow": 0, "owe": 0, "hero": 0, "nil": 0,
    "sevin": 7, "fiv": 5, "tew": 2, "thre": 3, "sero": 0, "fourty": 40, "nite": 9, "ex": 6,
}  # fmt: skip

_SPANISH = "cero uno dos tres cuatro cinco seis siete ocho nueve"
_SPANISH_TEENS = (
    "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte "
    "veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho "
    "veintinueve"
)
_SPANISH_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_FRENCH = "zero un deux trois quatre cinq six sept huit neuf"
_FRENCH_TEENS = "dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf"
_FRENCH_TENS = "vingt trente quarante cinquante soixante"
_GERMAN = "null eins zwei drei vier funf sechs sieben acht neun"
_GERMAN_TEENS = "zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn"
_GERMAN_TENS = "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig"
_PORTUGUESE = "zero um dois tres quatro cinco seis sete oito nove"
_PORTUGUESE_TEENS = "dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove"
_PORTUGUESE_TENS = "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa"
_ITALIAN = "zero uno due tre quattro cinque sei sette otto nove"
_ITALIAN_TEENS = (
    "dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove"
)
_ITALIAN_TENS = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta"


def _counted(words: str, first: int = 0) -> dict[str, int]:
    return {word: value for value, word in enumerate(words.split(), start=first)}


def _tens(words: str, first: int) -> dict[str, int]:
    return {word: 10 * value for value, word in enumerate(words.split(), start=first)}


def _joined(tens: dict[str, int], units: dict[str, int], shape: str) -> dict[str, int]:
    """Tens with their units: "cuarenta y dos", "zweiundvierzig"."""
    return {
        shape.format(ten=ten, unit=unit): value + more
        for (ten, value), (unit, more) in product(tens.items(), units.items())
        if 0 < more < 10
    }


def _spanish() -> dict[str, int]:
    small, tens = _counted(_SPANISH), _tens(_SPANISH_TENS, 3)
    return small | _counted(_SPANISH_TEENS, 10) | tens | _joined(tens, small, "{ten} y {unit}")


def _french() -> dict[str, int]:
    small, tens = _counted(_FRENCH), _tens(_FRENCH_TENS, 2)
    below = small | _counted(_FRENCH_TEENS, 10)
    return (
        below
        | tens
        | _joined(tens, small, "{ten}-{unit}")
        | {f"{ten}-et-un": value + 1 for ten, value in tens.items()}
        | {f"soixante-{word}": 60 + more for word, more in below.items() if more >= 10}
        | {"quatre-vingts": 80, "quatre-vingt": 80, "soixante-et-onze": 71}
        | {f"quatre-vingt-{word}": 80 + more for word, more in below.items() if more}
    )


def _german() -> dict[str, int]:
    small, tens = _counted(_GERMAN), _tens(_GERMAN_TENS, 2)
    units = small | {"ein": 1}
    return (
        small
        | {"zwo": 2, "ein": 1}
        | _counted(_GERMAN_TEENS, 10)
        | tens
        | _joined(tens, units, "{unit}und{ten}")
    )


def _portuguese() -> dict[str, int]:
    small, tens = _counted(_PORTUGUESE), _tens(_PORTUGUESE_TENS, 2)
    extra = {"meia": 6, "catorze": 14, "uma": 1, "duas": 2}
    return (
        small | extra | _counted(_PORTUGUESE_TEENS, 10) | tens
        | _joined(tens, small, "{ten} e {unit}")
    )  # fmt: skip


def _italian() -> dict[str, int]:
    small, tens = _counted(_ITALIAN), _tens(_ITALIAN_TENS, 2)
    short = {ten[:-1]: value for ten, value in tens.items()}
    both = _joined(tens, small, "{ten}{unit}") | _joined(short, small, "{ten}{unit}")
    return small | _counted(_ITALIAN_TEENS, 10) | tens | both


LANGUAGES = {
    "es": _spanish(),
    "fr": _french(),
    "de": _german(),
    "pt": _portuguese(),
    "it": _italian(),
}
REPEATS = {
    "double": 2, "triple": 3, "treble": 3, "quadruple": 4, "doble": 2, "doppel": 2, "duplo": 2,
    "dobro": 2, "doppio": 2, "triplo": 3, "doubles": 2,
}  # fmt: skip
