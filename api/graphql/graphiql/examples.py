"""What a developer can try first: the documents of `examples.graphql`."""

import re
from dataclasses import dataclass
from pathlib import Path

WRITTEN = Path(__file__).parent / "examples.graphql"
# A comment in the first column begins the next document.
BEGINS = re.compile(r"^(?=# )", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A document that holds one operation, under the words of its comment."""

    title: str
    document: str


def examples() -> list[Example]:
    """All of them, in the order in which they are written."""
    blocks = [block.strip() for block in BEGINS.split(WRITTEN.read_text()) if block.strip()]
    return [Example(block.splitlines()[0].removeprefix("# "), f"{block}\n") for block in blocks]
