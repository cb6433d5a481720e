"""What a calendar server says is read with care."""

import pytest

from domain.errors import Unavailable
from integrations.caldav import answers
from integrations.caldav.events import Reading, busy_in
from tests.integrations.caldav.test_radicale import WEEK

BOMB = b"""<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<multistatus xmlns="DAV:"><response><href>&b;</href></response></multistatus>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<multistatus xmlns="DAV:"><response><href>&a;</href></response></multistatus>"""
BROKEN = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n"


@pytest.mark.parametrize("body", [BOMB, OUTSIDE, b"<multistatus", b"<html>Sorry", b""])
def test_a_document_that_hides_something_is_not_read(body):
    with pytest.raises(Unavailable):
        answers.things(body)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sorry",
        BROKEN,
        f"{BROKEN}DTSTART:never\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        f"{BROKEN}DTSTART:20261117T150000Z\r\nRRULE:FREQ=NEVER\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ],
)
def test_an_event_that_cannot_be_read_says_nothing(text):
    assert list(busy_in(text, *WEEK, Reading("UTC"))) == []
