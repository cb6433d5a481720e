"""Which of a recogniser's guesses to believe: the likeliest that answers what was asked."""

from collections.abc import Callable, Sequence

from domain.receptionist.nlu.understanding import Context, Slot, Understanding, understand
from domain.receptionist.nlu.vocabulary import is_given_name


def best_guess(guesses: Sequence[str], context: Context) -> str:
    """The first guess that holds what was asked for; the likeliest if none does."""
    # Where nothing tells them apart, none has to be understood for that.
    return understand_best(guesses, context).text if context.asked in _TESTS else guesses[0]


def understand_best(guesses: Sequence[str], context: Context) -> Understanding:
    """What the best guess means."""
    first = understand(guesses[0], context)
    if context.asked is None or _answers(first, context.asked):
        return first
    others = (understand(guess, context) for guess in guesses[1:])
    return next((heard for heard in others if _answers(heard, context.asked)), first)


def _is_known(name: str) -> bool:
    """Whether first and last name are such as many people have."""
    words = name.lower().split()
    return len(words) > 1 and all(map(is_given_name, words))


def _answers(heard: Understanding, asked: Slot) -> bool:
    """Whether an utterance holds what was asked for, in a form that can be right."""
    test = _TESTS.get(asked)
    return test is None or test(heard)


_TESTS: dict[Slot, Callable[[Understanding], bool]] = {
    Slot.BIRTH_DATE: lambda heard: heard.birth_date is not None,
    Slot.DAY: lambda heard: bool(heard.moments),
    Slot.EMAIL: lambda heard: heard.email is not None,
    Slot.NAME: lambda heard: heard.name is not None and _is_known(heard.name.name),
    Slot.PARTY: lambda heard: heard.party is not None,
    Slot.PHONE: lambda heard: heard.phone is not None and heard.phone.valid,
    Slot.POSTCODE: lambda heard: heard.postcode is not None and heard.postcode.whole,
    Slot.TIME: lambda heard: bool(heard.moments),
}
