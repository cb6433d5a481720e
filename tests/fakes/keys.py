"""Keys as a telephone sounds them."""

import numpy as np
import numpy.typing as npt

from domain.privacy.key_tones import HIGH, LOW

KEYS = "123A456B789C*0#D"
LOUD = 4000


def tone(key: str, rate: int, *, ms: int = 100, twist: float = 1.0) -> npt.NDArray[np.float64]:
    """One key; the higher tone is `twist` times as loud as the lower."""
    row, column = divmod(KEYS.index(key), 4)
    at = np.arange(rate * ms // 1000) / rate
    low, high = (np.sin(2 * np.pi * hertz * at) for hertz in (LOW[row], HIGH[column]))
    return LOUD * (low + twist * high)


def pressed(keys: str, rate: int, *, ms: int = 100, apart_ms: int = 100) -> bytes:
    """Keys with pauses behind them, as PCM."""
    pause = np.zeros(rate * apart_ms // 1000)
    return (
        np.concatenate([part for key in keys for part in (tone(key, rate, ms=ms), pause)])
        .astype("<i2")
        .tobytes()
    )
