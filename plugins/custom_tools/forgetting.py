"""What is not to be kept of a conversation is not kept here either."""

from domain.forgetting.events import ChildErased, ConversationForgotten
from domain.handlers import serves
from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.context import PluginContext
from plugins.custom_tools.repository import CustomToolRuns


@serves(Purpose.LEGAL)
async def forget_words(event: ChildErased | ConversationForgotten, context: PluginContext) -> None:
    """Leave of its runs that there were some, and what came of them; a second time as well."""
    async with context.settle() as uow:
        runs = CustomToolRuns(uow).all().filter(conversation_id=event.conversation_id)
        nobody = {"inputs": None, "said": None, "contact_id": None}
        if not uow.keeps(DataClass.CALL_METADATA):
            nobody["conversation_id"] = None
        await runs.update(**nobody)
