"""Asking for help, and saying what one thought."""

from uuid import UUID

from domain import conversations
from domain.errors import Forbidden, InvalidInput, NotFound
from domain.scope import ActorKind
from domain.sealed import Sealed
from domain.support.events import FeedbackGiven, TicketOpened, TicketStatusChanged
from domain.support.models import Feedback, SupportTicket, TicketStatus
from domain.support.repository import Opinions, SupportTickets
from domain.words import fitting
from domain.work import UnitOfWork

BEST_RATING = 5
LONGEST_SUBJECT = 200
LONGEST_BODY = 20_000
LONGEST_COMMENT = 5_000


async def open_ticket(uow: UnitOfWork, subject: str, body: str) -> SupportTicket:
    """Ask the operator for help, as the member of staff who asks. Raises `InvalidInput`."""
    uow.require("support:write")
    if uow.scope.actor.kind is not ActorKind.MEMBER:
        raise Forbidden("Only a person can ask for help")
    ticket = await SupportTickets(uow).add(
        user_id=UUID(uow.scope.actor.id),
        subject=Sealed.text(fitting("subject", subject, LONGEST_SUBJECT)),
        body=Sealed.text(fitting("body", body, LONGEST_BODY)),
        status=TicketStatus.OPEN,
        created_at=uow.now,
    )
    uow.record(TicketOpened(ticket_id=ticket.id, user_id=ticket.user_id))
    return ticket


async def change_ticket(uow: UnitOfWork, id: UUID, status: TicketStatus) -> SupportTicket:
    """Say that a request was answered or closed, or take it up again."""
    uow.require("support:write")
    tickets = SupportTickets(uow)
    ticket = await tickets.lock(id)
    if ticket.status is status:
        return ticket
    closed_at = uow.now if status is TicketStatus.CLOSED else None
    await tickets.save(ticket, status=status, closed_at=closed_at)
    uow.record(TicketStatusChanged(ticket_id=id, status=status.value))
    return ticket


async def give_feedback(
    uow: UnitOfWork, conversation_id: UUID, rating: int, comment: str = ""
) -> Feedback:
    """Say what one thought of a conversation, 1 to 5; saying it again replaces it.

    Raises `InvalidInput` and `NotFound`.
    """
    uow.require("feedback:write")
    conversations.only_own(uow, conversation_id)
    opinions = Opinions(uow)
    opinion = {
        "rating": _rated(rating),
        "comment": Sealed.text(fitting("comment", comment, LONGEST_COMMENT)) if comment else None,
        "given_at": uow.now,
    }
    given_by = str(uow.scope.actor)
    earlier = await opinions.of(conversation_id, given_by)
    nowhere = NotFound("There is no such conversation")
    async with opinions.refusing(feedback_conversation_id_fkey=nowhere):
        given = (
            await opinions.save(earlier, **opinion)
            if earlier
            else await opinions.add(conversation_id=conversation_id, given_by=given_by, **opinion)
        )
    uow.record(
        FeedbackGiven(feedback_id=given.id, conversation_id=conversation_id, rating=given.rating)
    )
    return given


def _rated(rating: int) -> int:
    if not 1 <= rating <= BEST_RATING:
        raise InvalidInput.at("rating", f"A rating is 1 to {BEST_RATING}")
    return rating
