"""How the receptionist answers and books: one set of rules per business."""

from domain.business.events import say
from domain.business.profile import Rules
from domain.business.repository import Rulebook
from domain.errors import InvalidInput
from domain.work import UnitOfWork

# About half a minute of speech: nobody listens to a longer greeting.
LONGEST_GREETING = 500
LONGEST_NAME = 60


async def set_rules(uow: UnitOfWork, rules: Rules) -> Rules:
    """Let these rules apply from the next call on. Raises `InvalidInput`."""
    uow.require("business:write")
    _check(rules)
    rulebook = Rulebook(uow)
    values = {"rules": rules.model_dump(mode="json"), "updated_at": uow.now}
    row = await rulebook.maybe(rulebook.all().select_for_update())
    if row is None:
        await rulebook.add(id=uow.tenant_id, **values)
    else:
        await rulebook.save(row, **values)
    say(uow, "rules", uow.tenant_id, "changed")
    return rules


def _check(rules: Rules) -> None:
    if len(rules.greeting) > LONGEST_GREETING:
        raise InvalidInput.at("greeting", f"Use at most {LONGEST_GREETING} characters")
    if len(rules.receptionist_name) > LONGEST_NAME:
        raise InvalidInput.at("receptionistName", f"Use at most {LONGEST_NAME} characters")
    if len(rules.voice) > LONGEST_NAME:
        raise InvalidInput.at("voice", f"Use at most {LONGEST_NAME} characters")
    if not rules.emergency_number.isdigit():
        raise InvalidInput.at("emergencyNumber", "An emergency number is digits only")
