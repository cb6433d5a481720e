"""What a recogniser and haste do to a sentence: words lost, letters lost, hesitation."""

from random import Random

HESITATION = ("um", "uh", "like", "please", "so", "i mean", "hey")
# Only a longer word is still known with a letter less.
LONG = 4


def noisy(text: str, random: Random) -> str:
    words = text.split()
    at = random.randrange(len(words))
    match random.randrange(5):
        case 0:
            del words[at]
        case 1:
            words.insert(at, random.choice(HESITATION))
        case 2 if len(words[at]) > LONG:
            lost = random.randrange(1, len(words[at]) - 1)
            words[at] = words[at][:lost] + words[at][lost + 1 :]
        case 3:
            words = words[random.randrange(2) :]
        case _:
            words = ["hi", *words]
    return " ".join(words)
