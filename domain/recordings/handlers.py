"""What recordings do when a call ends."""

from datetime import timedelta

from domain.calls.events import CallEnded
from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose
from domain.recordings.models import RecordingState
from domain.recordings.repository import Recordings
from domain.recordings.service import salvage_timer

SALVAGE = "recordings.salvage"
# A living recorder closes within twenty seconds of the end, and a call is final after ten minutes.
SALVAGE_AFTER = timedelta(minutes=2)


@serves(Purpose.CALL_DELIVERY)
async def watch(event: CallEnded, context: HandlerContext) -> None:
    """Look again later at a recording that is still open when its call has ended."""
    async with context.settle() as uow:
        recording = await Recordings(uow).of_call(event.call_id)
        if recording is None or recording.state is not RecordingState.RECORDING:
            return
        uow.schedule(
            SALVAGE,
            at=uow.now + SALVAGE_AFTER,
            key=salvage_timer(recording.id),
            payload={"recording_id": str(recording.id)},
        )


HANDLERS = ((CallEnded, watch),)
