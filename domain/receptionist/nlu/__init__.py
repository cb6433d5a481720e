"""Understanding spoken English on the telephone, without models to download."""

from domain.receptionist.nlu.understanding import Context, Slot, Understanding, understand

__all__ = ["Context", "Slot", "Understanding", "understand"]
