"""What Vonage reports of a leg, in our words."""

from domain.transfers.rules import News

# The leg that was asked for could not be reached, or has gone.
LOST = frozenset(
    ["busy", "cancelled", "disconnected", "failed", "rejected", "timeout", "unanswered"]
)
COMPLETED = "completed"
# Of a telephone that is rung for a caller; other statuses, such as `started`, tell nothing new.
NEWS = {
    "ringing": News.RINGING,
    "answered": News.ANSWERED,
    "busy": News.UNTAKEN,
    "rejected": News.UNTAKEN,
    "timeout": News.UNTAKEN,
    "unanswered": News.UNTAKEN,
    "failed": News.FAILED,
    "disconnected": News.FAILED,
    "cancelled": News.CANCELLED,
    COMPLETED: News.COMPLETED,
}
