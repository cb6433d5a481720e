"""How a message looks in Slack: blocks, and a plain text for notifications.

Source: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks and
https://docs.slack.dev/reference/block-kit/blocks (a header holds 150 characters, a section 3,000,
a message 50 blocks; `&`, `<` and `>` are escaped).
"""

from plugins.team_chat import Payload, Told

LONGEST_HEADER, LONGEST_SECTION, MOST_SECTIONS = 150, 3000, 49
ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))


def drawn(told: Told) -> Payload:
    """The body of the request."""
    header = {"type": "header", "text": _plain(told.headline, LONGEST_HEADER)}
    sections = [
        {"type": "section", "text": _plain(paragraph, LONGEST_SECTION)}
        for paragraph in told.paragraphs[:MOST_SECTIONS]
    ]
    return {"text": _escaped(told.headline), "blocks": [header, *sections]}


def _plain(words: str, longest: int) -> dict[str, object]:
    # Words of callers are never markup: nobody is mentioned, and nothing becomes a link.
    cut = words if len(words) <= longest else f"{words[: longest - 1]}…"
    return {"type": "plain_text", "text": cut, "emoji": False}


def _escaped(words: str) -> str:
    for sign, written in ESCAPES:
        words = words.replace(sign, written)
    return words
