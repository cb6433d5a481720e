"""What a language model is told: nothing that the business promises to keep from it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from domain.privacy.policy import Destination
from domain.privacy.sensitive import Masks, redact_for
from domain.receptionist.ports import LanguageModel, Message, ToolCall


@dataclass(frozen=True)
class DiscreetModel:
    """A model that hears what it may. Implements `LanguageModel`; nobody asks one without it."""

    model: LanguageModel
    profile: Masks

    def reply(
        self, messages: Sequence[Message], *, deadline_ms: int
    ) -> AsyncIterator[str | ToolCall]:
        """Stream sentences and tool calls. Raises `Unavailable`."""
        told = [
            replace(each, text=redact_for(each.text, Destination.MODEL, self.profile).text)
            for each in messages
        ]
        return self.model.reply(told, deadline_ms=deadline_ms)
