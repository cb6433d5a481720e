"""Tools that a business makes itself: an address of its own that the receptionist may ask."""

from domain.forgetting.events import ChildErased, ConversationForgotten
from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.custom_tools.forgetting import forget_words
from plugins.custom_tools.offering import Made
from plugins.custom_tools.personal import Runs
from plugins.custom_tools.rules import NAME
from plugins.custom_tools.settings import Settings
from plugins.manifest import Category, Manifest
from plugins.spec import Answering, Find, Subscribe, hookimpl


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name=NAME,
        title="Your own tools",
        summary="Lets the receptionist ask an address of yours, and say what it answers.",
        version="1",
        category=Category.TOOL,
        settings=Settings,
        permissions=frozenset({"tenant:read"}),
        # What a tool may be given; each says for itself what it is.
        data=frozenset(
            {
                DataClass.APPOINTMENT,
                DataClass.CALLER_IDENTITY,
                DataClass.CALL_METADATA,
                DataClass.INQUIRY,
                DataClass.LEAD,
            }
        ),
        purpose=Purpose.CALL_DELIVERY,
        # Under HIPAA an address is told nothing of a caller unless an agreement covers it.
        asks_agreements=True,
        stores_personal_data=True,
        models="plugins.custom_tools.models",
        icon="🔧",
    )


@hookimpl
def register_tools(find: Find) -> None:
    """Each business has its own."""
    find(Made())


@hookimpl
def register_event_handlers(subscribe: Subscribe) -> None:
    """What is not kept of a conversation is not kept of its runs."""
    subscribe(ChildErased, forget_words)
    subscribe(ConversationForgotten, forget_words)


@hookimpl
def register_personal_data(answering: Answering) -> None:
    """What was asked and answered is kept here; what an address keeps, the business answers for."""
    answering(Runs())
