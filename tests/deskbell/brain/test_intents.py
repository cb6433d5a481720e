from deskbell.brain import intents


def line(text: str, intent: str, source: str = "ours") -> dict[str, str]:
    return {"text": text, "intent": intent, "source": source}


LINES = [
    line("please cancel my appointment", "cancel"),
    line("put me through to the manager", "human", "theirs"),
    line("tell me a joke about elephants", "out_of_scope"),
    # Labelled otherwise than it is understood.
    line("bye bye", "thanks", "theirs"),
]


def test_accuracy_counts_what_is_understood() -> None:
    told = intents.measure(LINES)

    assert (told.lines, told.accuracy) == (4, 0.75)
    assert told.sources == {"ours": 1.0, "theirs": 0.5}
    assert told.confused == {"thanks > goodbye": 1}


def test_out_of_scope_has_figures_of_its_own() -> None:
    told = intents.measure(LINES)

    assert (told.out_of_scope.precision, told.out_of_scope.recall) == (1.0, 1.0)
    assert told.out_of_scope.f1 == 1.0


def test_a_label_never_found_has_no_precision() -> None:
    told = intents.measure(LINES)

    assert told.labels["thanks"].precision is None
    assert told.labels["thanks"].recall == 0.0


def test_no_lines_have_no_figures() -> None:
    told = intents.measure([])

    assert told.accuracy is None
    assert told.latency_ms == {"p50": 0.0, "p95": 0.0}
