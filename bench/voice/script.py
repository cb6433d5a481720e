"""What every server under test is to do, so that only the doing differs. Standard library only."""

import array
import json
import math

RATE = 16000
FRAME_BYTES = 640
# The silence after which a turn is over: our gateway's rule for a sentence without interim words.
STOP_MS = 800
QUESTION = "What are your opening hours?"
ANSWER = "We are open from nine to five, Monday to Friday."
# 1.5 s of a tone, as loud as speech.
REPLY = array.array(
    "h", [int(8000 * math.sin(2 * math.pi * 440 * at / RATE + 0.5)) for at in range(RATE * 3 // 2)]
).tobytes()
# 200 ms at a time, as voices give it.
REPLY_PIECES = [REPLY[at : at + 6400] for at in range(0, len(REPLY), 6400)]
# The loop is no multiple of a detector's window: after four rounds every alignment was heard.
ROUNDS = 5
FORMAT = f"audio/l16;rate={RATE}"


def opening(token: str = "") -> str:
    """The first message of a call."""
    return json.dumps({"event": "websocket:connected", "content-type": FORMAT, "token": token})
