"""What can go wrong with training."""

from collections.abc import Iterable

from domain.errors import Conflict
from domain.training.models import TrainingState
from domain.training.rules import Bar


class TrainingBarred(Conflict):
    """Something stands in the way of using any conversation."""

    code = "TRAINING_BARRED"

    def __init__(self, bars: Iterable[Bar]) -> None:
        self.bars = sorted(bars)
        super().__init__(f"Nothing may be learnt from here: {', '.join(self.bars)}")


class TrainingNotReady(Conflict):
    """There is no file to take."""

    code = "TRAINING_NOT_READY"

    def __init__(self, state: TrainingState) -> None:
        super().__init__(f"The file is {state}")
        self.state = state
