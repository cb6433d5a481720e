import pytest

from domain.receptionist.nlu.emergencies import Danger, find_emergency
from domain.receptionist.nlu.heard import hear

EMERGENCIES = [
    ("my husband can't breathe", Danger.MEDICAL),
    ("she's having trouble breathing", Danger.MEDICAL),
    ("I think I'm having a heart attack", Danger.MEDICAL),
    ("I have really bad chest pain", Danger.MEDICAL),
    ("there's pressure in my chest and my arm is numb", Danger.MEDICAL),
    ("he is unconscious on the floor", Danger.MEDICAL),
    ("my mother just collapsed", Danger.MEDICAL),
    ("he's having a seizure", Danger.MEDICAL),
    ("my baby is choking", Danger.MEDICAL),
    ("the bleeding won't stop", Danger.MEDICAL),
    ("there is so much blood", Danger.MEDICAL),
    ("my son swallowed bleach", Danger.MEDICAL),
    ("her throat is closing up", Danger.MEDICAL),
    ("I need an ambulance", Danger.MEDICAL),
    ("my water just broke", Danger.MEDICAL),
    ("it's not an emergency appointment, he can't breathe", Danger.MEDICAL),
    ("I want to kill myself", Danger.SELF_HARM),
    ("I don't want to live anymore", Danger.SELF_HARM),
    ("I've been feeling suicidal", Danger.SELF_HARM),
    ("I just took a whole bottle of pills", Danger.SELF_HARM),
    ("there's a man here with a gun", Danger.VIOLENCE),
    ("someone is breaking into my house", Danger.VIOLENCE),
    ("he's hitting me", Danger.VIOLENCE),
    ("the kitchen is on fire", Danger.FIRE),
    ("there's smoke coming out of the outlet", Danger.FIRE),
    ("I can smell smoke in the hallway", Danger.FIRE),
    ("I smell gas in the basement", Danger.GAS),
    ("we have a gas leak", Danger.GAS),
    ("the carbon monoxide detector is beeping", Danger.GAS),
    ("my tooth got knocked out", Danger.DENTAL),
    ("my face is swollen and I think it's an abscess", Danger.DENTAL),
    ("I'm in excruciating pain", Danger.DENTAL),
    ("a pipe burst in the kitchen", Danger.HOME),
    ("the basement is flooding", Danger.HOME),
    ("we have no heat and it's freezing", Danger.HOME),
    ("the toilet is overflowing", Danger.HOME),
    ("this is an emergency", Danger.DECLARED),
]
HARMLESS = [
    "it's not an emergency",
    "this isn't an emergency, just a checkup",
    "no emergency, I can wait",
    "my back is killing me",
    "you're killing me",
    "I'm dying to get my hair done",
    "your cake is to die for",
    "my phone died",
    "my car battery is dead",
    "the bill nearly gave me a heart attack",
    "I need a flu shot",
    "can I get my blood test results",
    "are you near the gas station",
    "I want to pay my gas bill",
    "do you have fireworks",
    "can you fix my fireplace",
    "who is my emergency contact",
    "what are your emergency hours",
    "I had a heart attack two years ago",
    "follow up after my stroke",
    "I don't have chest pain",
    "we have no gas leak, just a service please",
    "are you closed on labor day",
    "shoot me an email",
    "I'd like to book a photo shoot",
    "we're flooded with calls",
    "I'd like a cleaning next Tuesday",
    "my tooth is a bit sensitive",
    "can you give me a shot at three",
    "I have a headache and a cough",
    "just kidding",
    "is there a fire station nearby",
]


@pytest.mark.parametrize(("text", "kind"), EMERGENCIES)
def test_an_emergency_is_recognised(text: str, kind: Danger) -> None:
    found = find_emergency(hear(text))

    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_talk_raises_no_alarm(text: str) -> None:
    assert find_emergency(hear(text)) is None


def test_the_gravest_danger_wins() -> None:
    found = find_emergency(hear("the basement is flooding and I can't breathe"))

    assert found is not None
    assert found.kind is Danger.MEDICAL
    assert found.threatens_life


def test_the_words_are_pointed_at() -> None:
    text = "Please, a pipe burst upstairs"

    found = find_emergency(hear(text))

    assert found is not None
    assert text[found.span.start : found.span.end] == "pipe burst"
    assert not found.threatens_life
