"""How large, how slow and how many: the bounds of what a business may make."""

import re

from domain.personal import DataClass

NAME = "custom_tools"
MOST_TOOLS = 20

# Milliseconds that an address may take. A caller hears words meanwhile, and then a way out.
LEAST_BUDGET, USUAL_BUDGET, MOST_BUDGET = 500, 3_000, 6_000
# Seconds beyond its budget after which a run is cut off whatever it does: reading, writing down.
GRACE = 1.0
# Seconds: with less than this left, trying again would only make a caller wait longer.
WORTH_TRYING = 0.3
# What is sent once more, if the business says that nothing comes of it: nobody was there, or the
# other side is busy or broken for a moment.
MOST_ATTEMPTS = 2
PASSING = frozenset({429, 500, 502, 503, 504})

MOST_ANSWER = 32 * 1024
MOST_SCHEMA = 8 * 1024
MOST_BODY = 16 * 1024
# A caller tells so many things before a person would be quicker.
MOST_INPUTS = 10
MOST_FIELDS = 20
MOST_PHRASES = 20
LONGEST_PHRASE = 100
LONGEST_NAME, LONGEST_PURPOSE = 40, 300
LONGEST_WORDS, LONGEST_QUESTION = 500, 200
LONGEST_PARTY = 120
LONGEST_SECRET = 2_000
# Characters of one field of an answer that are said.
LONGEST_VALUE = 200
# Levels of an answer that are looked through for a field.
DEEPEST = 8
# What one looks at to tell how a tool does.
RECENT = 20

SLUG = re.compile(r"[a-z][a-z0-9_]*")
HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,59}")
COUNTRY = re.compile(r"[A-Z]{2}")
# What the request itself says; a secret in its place would change what is sent, or to whom.
OURS = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "content-type",
        "expect",
        "host",
        "idempotency-key",
        "te",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    }
)
# The kinds of data that an input may be said to hold.
MAY_LEAVE = frozenset(
    {
        DataClass.NONE,
        DataClass.APPOINTMENT,
        DataClass.CALLER_IDENTITY,
        DataClass.INQUIRY,
        DataClass.LEAD,
    }
)
