"""How a message looks in Microsoft Teams: an Adaptive Card.

Source: https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
(a message is at most 28 KB) and https://adaptivecards.io/explorer/TextBlock.html.
"""

from plugins.team_chat import Payload, Told

LONGEST_HEADER, LONGEST_PARAGRAPH, MOST_PARAGRAPHS = 150, 2000, 10
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
# Signs with which a text block would become Markdown.
MARKUP = "\\`*_[]#>~|"


def drawn(told: Told) -> Payload:
    """The body of the request."""
    header = _block(told.headline, LONGEST_HEADER) | {"weight": "Bolder", "size": "Medium"}
    if told.is_urgent:
        header["color"] = "Attention"
    body = [_block(each, LONGEST_PARAGRAPH) for each in told.paragraphs[:MOST_PARAGRAPHS]]
    card = {
        "$schema": SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [header, *body],
    }
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "content": card}]}


def _block(words: str, longest: int) -> Payload:
    cut = words if len(words) <= longest else f"{words[: longest - 1]}…"
    # Words of callers are never markup. A single break is lost unless it is doubled.
    text = "".join(f"\\{sign}" if sign in MARKUP else sign for sign in cut)
    return {"type": "TextBlock", "text": text.replace("\n", "\n\n"), "wrap": True}
