"""Cutting a reply into pieces that can be spoken while the next one is still being made."""

import re

# The first piece starts early; later ones are longer, for a calmer melody. 160 are ten seconds.
_SHORTEST_FIRST = 8
_SHORTEST_LATER = 30
_LONGEST = 160
_BOUNDARY = re.compile(r"(?<=[,.?!;:])\s+")
_ENDS = ".?!"
_MARKS = ",.?!;:"


def clauses(text: str) -> list[str]:
    """Clauses in order, each ending with a mark of punctuation; tiny ones join the next."""
    found: list[str] = []
    held: list[str] = []
    for piece in _BOUNDARY.split(text.strip()):
        held.append(piece)
        clause = " ".join(held)
        shortest = _SHORTEST_LATER if found else _SHORTEST_FIRST
        if len(clause) >= shortest or clause.endswith(tuple(_ENDS)):
            found += _short_enough(clause)
            held = []
    found += _short_enough(" ".join(held))
    return [clause for clause in found if re.search(r"\w", clause)]


def _short_enough(clause: str) -> list[str]:
    pieces = []
    while len(clause) > _LONGEST:
        space = clause.rfind(" ", 0, _LONGEST)
        cut = space if space > 0 else _LONGEST
        pieces.append(f"{clause[:cut]},")
        clause = clause[cut:].strip()
    return [*pieces, clause if clause.endswith(tuple(_MARKS)) else f"{clause}."]
