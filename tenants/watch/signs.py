"""What single events mean: each function makes findings of one event, or none."""

from uuid import UUID

from tortoise.queryset import QuerySet

from domain.work import UnitOfWork
from tenants.api_keys.events import ApiKeyMoved
from tenants.api_keys.repository import ApiKeys
from tenants.events import SessionMoved, UserMfaChanged, UserSignedIn
from tenants.models import Session, Stage
from tenants.repository import Sessions
from tenants.watch import alerts
from tenants.watch.ports import Places
from tenants.watch.rules import Finding, Rule, is_too_fast


async def of_sign_in(uow: UnitOfWork, event: UserSignedIn, places: Places) -> list[Finding]:
    """A device that is new, and a journey that nobody can have made."""
    sessions = Sessions(uow)
    session = await sessions.maybe(sessions.all().filter(id=event.session_id))
    last = await sessions.maybe(_before(sessions, session)) if session else None
    # Whoever signs in for the first time is new by all they do.
    if session is None or last is None:
        return []
    found = [_new_device(event, session)] if event.new_device else []
    return found + await _journey(uow, session, last, places)


def _before(sessions: Sessions, session: Session) -> QuerySet[Session]:
    """The person's sign-ins before this one, the newest in front."""
    earlier = sessions.all().filter(user_id=session.user_id, stage=Stage.OPEN)
    return earlier.exclude(id=session.id).filter(id__lt=session.id).order_by("-id")


def _new_device(event: UserSignedIn, session: Session) -> Finding:
    evidence = {"session": str(session.id), "device": session.device, "network": session.network}
    return Finding(
        Rule.NEW_DEVICE, f"member:{event.user_id}", session.created_at, evidence=evidence
    )


async def _journey(
    uow: UnitOfWork, session: Session, last: Session, places: Places
) -> list[Finding]:
    known = await alerts.terms_of(uow, Rule.IMPOSSIBLE_TRAVEL)
    left_at = last.seen_at or last.created_at
    apart = places.apart(last.network, session.network)
    if not is_too_fast(apart, session.created_at - left_at, known.threshold or 0):
        return []
    evidence = {
        "sessions": [str(last.id), str(session.id)],
        "networks": [last.network, session.network],
        "kilometres": round(apart or 0),
        "from": left_at.isoformat(),
        "to": session.created_at.isoformat(),
    }
    who = f"member:{session.user_id}"
    return [Finding(Rule.IMPOSSIBLE_TRAVEL, who, session.created_at, evidence=evidence)]


async def of_move(uow: UnitOfWork, event: SessionMoved, places: Places) -> list[Finding]:
    """One session in two places between which nobody can have gone: its token was taken."""
    sessions = Sessions(uow)
    session = await sessions.maybe(sessions.all().filter(id=event.session_id))
    if session is None or session.came_from_at is None or session.seen_at is None:
        return []
    known = await alerts.terms_of(uow, Rule.STOLEN_SESSION)
    apart = places.apart(session.came_from, session.network)
    if not is_too_fast(apart, session.seen_at - session.came_from_at, known.threshold or 0):
        return []
    evidence = {
        "session": str(session.id),
        "networks": [session.came_from, session.network],
        "kilometres": round(apart or 0),
        "from": session.came_from_at.isoformat(),
        "to": session.seen_at.isoformat(),
    }
    who = f"member:{session.user_id}"
    return [Finding(Rule.STOLEN_SESSION, who, session.seen_at, evidence=evidence)]


async def of_key_move(uow: UnitOfWork, event: ApiKeyMoved) -> list[Finding]:
    """A key in a network from which it never came before; the first one is its home."""
    keys = ApiKeys(uow)
    key = await keys.maybe(keys.all().filter(id=event.api_key_id))
    if event.first or key is None:
        return []
    evidence = {"network": key.networks[-1] if key.networks else ""}
    return [Finding(Rule.KEY_ELSEWHERE, f"key:{key.id}", uow.now, evidence=evidence)]


def of_factor(uow: UnitOfWork, event: UserMfaChanged) -> list[Finding]:
    """A second factor that came or went."""
    evidence = {"change": event.change}
    return [Finding(Rule.FACTOR_CHANGED, f"member:{event.user_id}", uow.now, evidence=evidence)]


def of_power(uow: UnitOfWork, user_id: UUID, role: str) -> list[Finding]:
    """Somebody who may do everything, from now on."""
    return [Finding(Rule.POWER_GIVEN, f"member:{user_id}", uow.now, evidence={"role": role})]
