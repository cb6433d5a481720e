"""The timers of a call, without waiting for them."""

from api.voice.watchdogs import Alarm, Limits, Moment, Watchdogs

LIMITS = Limits(no_audio=5, answer=4, silence=8, call=100)


def alarms(
    dogs: Watchdogs, seconds: range, *, speaking: bool = False, quiet: bool = False
) -> list[tuple[int, Alarm]]:
    """What goes off, and when, while audio keeps arriving."""
    found = []
    for now in seconds:
        if alarm := dogs.check(Moment(now, now, speaking, quiet)):
            found.append((now, alarm))
    return found


def test_missing_audio_is_noticed() -> None:
    dogs = Watchdogs(LIMITS, 0)
    assert dogs.check(Moment(1, 50, False, False)) is None
    assert dogs.check(Moment(5, 50, False, False)) is None
    assert dogs.check(Moment(6, 50, False, False)) is Alarm.NO_AUDIO


def test_unanswered_turn_alarms_again_and_again() -> None:
    dogs = Watchdogs(LIMITS, 0)
    dogs.turn_ended(1)
    assert alarms(dogs, range(1, 14)) == [(at, Alarm.STALLED) for at in (5, 9, 13)]
    assert dogs.stalls == 3


def test_answered_turn_is_quiet() -> None:
    dogs = Watchdogs(LIMITS, 0)
    dogs.turn_ended(1)
    dogs.answered()
    assert alarms(dogs, range(1, 30)) == []


def test_speech_postpones_the_stall() -> None:
    dogs = Watchdogs(LIMITS, 0)
    dogs.turn_ended(1)
    assert alarms(dogs, range(1, 10), speaking=True) == []
    assert alarms(dogs, range(10, 12)) == [(10, Alarm.STALLED)]


def test_silence_is_prompted_every_eight_seconds() -> None:
    dogs = Watchdogs(LIMITS, 0)
    assert [at for at, _ in alarms(dogs, range(1, 30), quiet=True)] == [9, 18, 27]
    assert dogs.silences == 3


def test_stirring_starts_the_silence_anew() -> None:
    dogs = Watchdogs(LIMITS, 0)
    alarms(dogs, range(1, 10), quiet=True)
    dogs.stirred()
    assert dogs.silences == 0
    assert alarms(dogs, range(10, 18), quiet=True) == []


def test_long_call_alarms_once() -> None:
    dogs = Watchdogs(LIMITS, 0)
    assert alarms(dogs, range(1, 104)) == [(100, Alarm.TOO_LONG)]
