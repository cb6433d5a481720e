"""How a daily letter reads."""

from collections.abc import Callable, Sequence
from itertools import groupby
from uuid import UUID

from plugins.digest.items import Item, Urgency

TITLES = {
    Urgency.URGENT: "Urgent",
    Urgency.ANSWER: "Needs an answer",
    Urgency.INFORMATION: "For information",
}
COUNTED = {
    Urgency.URGENT: "urgent",
    Urgency.ANSWER: "to answer",
    Urgency.INFORMATION: "for information",
}


def letter(business: str, items: Sequence[Item], block: Callable[[UUID], str]) -> tuple[str, str]:
    """The subject and the text; `block` gives the link that blocks a conversation's caller."""
    parts = [
        "\n\n".join([TITLES[urgency].upper(), *(_told(item, block) for item in those)])
        for urgency, those in groupby(items, key=lambda item: item.urgency)
    ]
    return f"{business}: {_counted(items)}", "\n\n\n".join(parts) + "\n"


def notice(business: str, items: Sequence[Item]) -> tuple[str, str]:
    """The same where health data is protected: how much there is, and nothing of it."""
    counted = _counted(items)
    return f"{business}: {counted}", f"At {business}: {counted}. Log in to see it.\n"


def _counted(items: Sequence[Item]) -> str:
    return ", ".join(
        f"{len(list(those))} {COUNTED[urgency]}"
        for urgency, those in groupby(items, key=lambda item: item.urgency)
    )


def _told(item: Item, block: Callable[[UUID], str]) -> str:
    lines = [f"{item.at:%A %H:%M}, {item.who}: {item.words}".rstrip(": ")]
    if item.conversation_id is not None:
        lines.append(f"Block this caller: {block(item.conversation_id)}")
    return "\n".join(lines)
