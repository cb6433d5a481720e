"""What a telephone does to sound, and how many words of a sentence survive it."""

import re

import numpy as np

from integrations.local_speech.sound import from_pcm, to_pcm


def through_telephone(pcm, rate=8000):
    """300 to 3400 Hz and 8-bit mu-law, as a call arrives."""
    samples = from_pcm(pcm)
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(samples.size, 1 / rate)
    spectrum[(hertz < 300) | (hertz > 3400)] = 0
    narrow = np.fft.irfft(spectrum, samples.size)
    squeezed = np.sign(narrow) * np.log1p(255 * np.abs(narrow)) / np.log(256)
    coarse = np.round(squeezed * 127) / 127
    return to_pcm((np.sign(coarse) * (256 ** np.abs(coarse) - 1) / 255).astype(np.float32))


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
