"""Make `domain/receptionist/nlu/ordinary_words.txt`: words that are not names where they stand.

Read are the English lines of `tests/data/nets` and `tests/data/nlu`: what is written small there
at least twice, and more often small than with a capital inside a sentence. Nothing else is kept of
the lines. `python -m bench.nlu.ordinary_words` writes the list again.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from domain.receptionist.nlu.given_names import GIVEN_NAMES

ROOT = Path(__file__).parents[2]
CORPORA = ("tests/data/nets", "tests/data/nlu")
LIST = ROOT / "domain/receptionist/nlu/ordinary_words.txt"
LEAST = 2
_WORD = re.compile(r"[A-Za-z]+(?:['\u2019][a-z]+)?")
_BEGINS = (". ", "! ", "? ")


def texts() -> Iterator[str]:
    """Every English text of the corpora."""
    for folder in CORPORA:
        for path in sorted((ROOT / folder).glob("*.jsonl")):
            for line in path.read_text().split("\n"):
                yield from _texts_of(json.loads(line)) if line else ()


def _texts_of(line: dict[str, object]) -> Iterator[str]:
    if not str(line.get("lang") or "en").startswith("en"):
        return
    yield str(line.get("text") or line.get("question") or "")
    faqs = line.get("faqs")
    for entry in faqs.values() if isinstance(faqs, dict) else ():
        yield from (entry["q"], entry["a"])


def ordinary() -> list[str]:
    """The list, in order."""
    small, large = Counter[str](), Counter[str]()
    for text in texts():
        for match in _WORD.finditer(text):
            word = match.group().replace("\u2019", "'")
            begins = match.start() == 0 or text[match.start() - 2 : match.start()] in _BEGINS
            if word[0].islower():
                small[word] += 1
            elif not begins:
                large[word.lower()] += 1
    kept = (word for word, count in small.items() if count >= LEAST and large[word] < count)
    return sorted(word for word in kept if word not in GIVEN_NAMES)


if __name__ == "__main__":
    LIST.write_text("\n".join(ordinary()) + "\n")
