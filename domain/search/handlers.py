"""What is indexed when something was said, left or noted."""

from domain.contacts.events import ContactAdded, ContactChanged
from domain.conversations.events import ConversationEnded, ConversationSummarised
from domain.conversations.repository import Turns
from domain.handlers import HandlerContext, serves
from domain.leads.events import LeadCaptured
from domain.messages.events import MessageLeft
from domain.privacy.purposes import Purpose
from domain.search import indexing
from domain.search.models import SearchKind
from domain.search.sources import SOURCES


@serves(Purpose.SERVICE)
async def index_turns(event: ConversationEnded, context: HandlerContext) -> None:
    """Index everything that was said."""
    async with context.settle() as uow:
        said = await Turns(uow).all().filter(conversation_id=event.conversation_id)
        await indexing.keep_rows(uow, SOURCES[SearchKind.TURN], said, [turn.id for turn in said])


@serves(Purpose.SERVICE)
async def index_summary(event: ConversationSummarised, context: HandlerContext) -> None:
    """Index what a conversation came to."""
    async with context.settle() as uow:
        await indexing.keep(uow, SearchKind.SUMMARY, [event.conversation_id])


@serves(Purpose.SERVICE)
async def index_message(event: MessageLeft, context: HandlerContext) -> None:
    """Index what a caller left."""
    async with context.settle() as uow:
        await indexing.keep(uow, SearchKind.MESSAGE, [event.message_id])


@serves(Purpose.SERVICE)
async def index_contact(event: ContactAdded | ContactChanged, context: HandlerContext) -> None:
    """Index a name, and what was noted."""
    async with context.settle() as uow:
        await indexing.keep(uow, SearchKind.CONTACT, [event.contact_id])


@serves(Purpose.SERVICE)
async def index_lead(event: LeadCaptured, context: HandlerContext) -> None:
    """Index what somebody may come to buy."""
    async with context.settle() as uow:
        await indexing.keep(uow, SearchKind.LEAD, [event.lead_id])


HANDLERS = (
    (ConversationEnded, index_turns),
    (ConversationSummarised, index_summary),
    (MessageLeft, index_message),
    (ContactAdded, index_contact),
    (ContactChanged, index_contact),
    (LeadCaptured, index_lead),
)
