"""English number words: 21 is "twenty-one", 0199 is "zero one nine nine"."""

_ONES = (  # noqa: SIM905
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
# Those that do not simply end in "th".
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def cardinal(number: int) -> str:
    """How many: 120 is "one hundred twenty"; `number` is not negative."""
    for size, name in _SCALES:
        if number >= size:
            return _joined(f"{cardinal(number // size)} {name}", number % size)
    if number >= 100:
        return _joined(f"{_ONES[number // 100]} hundred", number % 100)
    if number >= 20:
        ones = number % 10
        return f"{_TENS[number // 10]}-{_ONES[ones]}" if ones else _TENS[number // 10]
    return _ONES[number]


def ordinal(number: int) -> str:
    """Which one: 21 is "twenty-first"."""
    words = cardinal(number)
    start = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[start:]
    if last.endswith("y"):
        return f"{words[:-1]}ieth"
    return words[:start] + _ORDINALS.get(last, f"{last}th")


def year(number: int) -> str:
    """A year from 1000 to 2999 as it is said: 1985 is "nineteen eighty-five"."""
    century, rest = divmod(number, 100)
    # 2007 is "two thousand seven", but 1907 "nineteen oh seven".
    if century % 10 == 0 and rest < 10:
        return cardinal(number)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def digits(text: str) -> str:
    """One by one: "0199" is "zero one nine nine"; what is no digit is passed over."""
    return " ".join(_ONES[int(digit)] for digit in text if digit.isdecimal())


def decimal(text: str) -> str:
    """A number as it is written: "1,200.5" is "one thousand two hundred point five"."""
    whole, _, fraction = text.replace(",", "").partition(".")
    spoken = cardinal(int(whole))
    return f"{spoken} point {digits(fraction)}" if fraction else spoken


def _joined(spoken: str, rest: int) -> str:
    return f"{spoken} {cardinal(rest)}" if rest else spoken
