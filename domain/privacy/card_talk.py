"""Whether somebody is about to tell a payment card, or is telling one: then nothing is kept.

Rules only, and narrow ones: to ask whether cards are taken is no card being told.
"""

import re

from domain.privacy.aloud import stretches
from domain.privacy.digits import runs
from domain.privacy.redaction import CARD, find_cards, mask, merged

# Fewer digits are a count, a price or an hour.
FEWEST_DIGITS = 3
_KIND = r"(?:(?:credit|debit|bank|payment|visa|amex|master\s?card)\s+)*"
_NUMBER = (
    r"(?:\d|(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|cero|uno|dos"
    r"|tres|cuatro|cinco|seis|siete|ocho|nueve)\b)"
)
_TELLS = re.compile(
    rf"""\b{_KIND}card(?:'s)?\s+number(?:'s|\s*:|\s+(?:is|it's|starts|begins))
      | \bnumber\s+(?:on|of|from)\s+(?:my|the)\s+{_KIND}card\s+is
      | \b(?:my|the|this)\s+{_KIND}(?:card|visa|amex|master\s?card)(?:'s|\s+is)?[\s,:]+{_NUMBER}
      | \b(?:give|tell|read)\s+(?:you\s+)?(?:out\s+)?(?:my|the)\s+{_KIND}card
        \s+(?:number|details|info\w*)
      | \b(?:take|write)\s+(?:down\s+)?(?:my|this|the)\s+{_KIND}card\s+(?:number|details)
      | \bready\s+for\s+(?:my|the)\s+{_KIND}card
      | \bn[uú]mero\s+de\s+(?:mi\s+|la\s+)?tarjeta\s+(?:de\s+\w+\s+)?es
      | \bnum[eé]ro\s+de\s+(?:ma\s+|la\s+)?carte\s+(?:\w+\s+)?(?:est|c'est)
      | \b(?:kreditkarten|karten)nummer\s+(?:ist|lautet)""",
    re.VERBOSE | re.IGNORECASE,
)


def tells_card(text: str) -> bool:
    """Whether a card is being told, or announced as what comes next."""
    return _TELLS.search(text) is not None or bool(find_cards(text))


def without_numbers(text: str) -> str:
    """A text without any number that could be a part of the card that is being told."""
    found = [(run.start, run.end) for run in runs(text) if len(run.digits) >= FEWEST_DIGITS]
    found += [
        (each.start, each.end)
        for each in stretches(text)
        if any(len(reading.digits) >= FEWEST_DIGITS for reading in each.readings)
    ]
    return mask(text, merged([(start, end, CARD) for start, end in found]))
