"""Call instructions, as Vonage documents them."""

import pytest

from integrations.vonage.ncco import (
    HeadersTooLong,
    MediaLeg,
    announce,
    connect_media,
    forward,
    voicemail,
)

EVENTS = "https://voice.example.com/voice/event"


def leg(**headers: str) -> MediaLeg:
    return MediaLeg("wss://voice.example.com/socket", 16000, "+15559876", EVENTS, headers)


def test_media_leg_connects_to_the_websocket() -> None:
    assert connect_media(leg(token="abc")) == [
        {
            "action": "connect",
            "from": "15559876",
            "eventType": "synchronous",
            "eventUrl": [EVENTS],
            "eventMethod": "POST",
            "endpoint": [
                {
                    "type": "websocket",
                    "uri": "wss://voice.example.com/socket",
                    "content-type": "audio/l16;rate=16000",
                    "headers": {"token": "abc"},
                }
            ],
        }
    ]


def test_long_headers_are_refused() -> None:
    connect_media(leg(token="x" * (512 - len('{"token": ""}'))))
    with pytest.raises(HeadersTooLong):
        connect_media(leg(token="x" * 512))


def test_forward_announces_and_rings() -> None:
    talk, ring = forward(
        "+15550199", number="15559876", event_url=EVENTS, announcement="One moment."
    )
    assert talk == {"action": "talk", "text": "One moment."}
    assert ring["endpoint"] == [{"type": "phone", "number": "15550199"}]
    assert ring["timeout"] == 20
    assert ring["eventType"] == "synchronous"


def test_voicemail_asks_and_records() -> None:
    talk, record = voicemail("Please leave a message.", event_url=EVENTS)
    assert talk["text"] == "Please leave a message."
    assert record["action"] == "record"
    assert record["beepStart"] is True
    assert record["eventUrl"] == [EVENTS]


def test_announcement_only_talks() -> None:
    assert announce("Goodbye.") == [{"action": "talk", "text": "Goodbye."}]
