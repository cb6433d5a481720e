"""What can go wrong with training."""

from collections.abc import Iterable

from domain.errors import Conflict
from domain.training.rules import Bar


class TrainingBarred(Conflict):
    """Something stands in the way of using any conversation."""

    code = "TRAINING_BARRED"

    def __init__(self, bars: Iterable[Bar]) -> None:
        self.bars = sorted(bars)
        super().__init__(f"Nothing may be learnt from here: {', '.join(self.bars)}")
