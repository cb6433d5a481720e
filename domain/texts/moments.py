"""How instants are written in letters and on pages."""

from datetime import datetime


def in_full(at: datetime) -> str:
    """`Tuesday 17 November, 10:00 EST`, in the time zone of the instant itself."""
    return f"{at:%A} {at.day} {at:%B}, {at:%H:%M %Z}"
