"""What a telephone does to sound, and how many words of a sentence survive it."""

import re

import numpy as np

from deskbell.simulator import Recording


def through_telephone(pcm, rate=8000):
    """As a call arrives."""
    return Recording(np.frombuffer(pcm, "<i2"), rate).over_telephone().samples.tobytes()


def words(text):
    return re.findall(r"[a-z0-9']+", re.sub(r"(?<=\d)[-:., ]+(?=\d)", "", text.lower()))


def word_errors(said, heard):
    """Substitutions, deletions and insertions between two sentences."""
    said, heard = words(said), words(heard)
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            best = min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
            diagonal, row[j] = row[j], best
    return row[-1]
