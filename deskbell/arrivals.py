"""What a carrier says of a call, in the words of the rest."""

from uuid import UUID

from api.reception import Arrival
from api.voice.dialogue import Call
from domain.calls import Ringing
from domain.contacts.models import NumberList
from domain.conversations.models import Channel
from domain.phone_numbers import tenant_of_number

CARRIER = "vonage"
# What only the carrier understands, and wants to hear again.
ROUTED = ("conversation", "region_url")


def arrival_of(call: Call) -> Arrival:
    """Who calls, for whom; a caller who withholds their number has none."""
    phone = f"+{call.caller}" if call.caller.isdigit() else None
    return Arrival(call.line.tenant_id, Channel.VOICE, phone, f"+{call.line.number}")


async def ringing_of(call: Call, conversation_id: UUID, treatment: NumberList | None) -> Ringing:
    """What is put on record of a call that comes in."""
    route = await tenant_of_number(f"+{call.line.number}")
    return Ringing(
        conversation_id=conversation_id,
        carrier=CARRIER,
        carrier_call_id=call.id,
        caller=arrival_of(call).phone,
        phone_number_id=route.phone_number_id if route else None,
        routing={
            "number": call.line.number,
            "treatment": treatment,
            **{key: getattr(call, key) for key in ROUTED},
        },
    )
