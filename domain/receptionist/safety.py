"""The emergency guard: decided by rules alone, before anything else, at any time (L48)."""

from domain.receptionist.briefing import Briefing
from domain.receptionist.moves import Decision, UseTool, Utter
from domain.receptionist.nlu import Understanding
from domain.receptionist.nlu.emergencies import Danger, Emergency
from domain.receptionist.state import Goal, State

# The suicide and crisis lines that answer by call and text, by country.
CRISIS_LINES = {"US": "988", "CA": "988", "GB": "116 123", "IE": "116 123", "AU": "13 11 14"}
ELSEWHERE = "112"


def guard(state: State, heard: Understanding, briefing: Briefing) -> Decision | None:
    """Say the fixed script at once and let the business know; None if there is no danger."""
    if heard.emergency is None:
        return None
    if not heard.emergency.threatens_life:
        wants_to_come = state.goal is None and heard.intent.label == "book"
        state = state.pursuing(Goal.BOOK) if wants_to_come else state
        return _report(state.to(priority="high"), heard, Utter("urgent"))
    script = _words("emergency", heard.emergency, briefing)
    return _report(state.to(priority="emergency"), heard, script)


def caution(emergency: Emergency, briefing: Briefing) -> Utter:
    """Whom to call if it is what it seems to be: said before anything else is done about it."""
    return _words("emergency_perhaps", emergency, briefing)


def _words(key: str, emergency: Emergency, briefing: Briefing) -> Utter:
    number = briefing.profile.rules.emergency_number
    if emergency.kind is not Danger.SELF_HARM:
        return Utter(key, {"number": number})
    crisis = CRISIS_LINES.get(briefing.profile.region, ELSEWHERE)
    return Utter(f"{key}_self_harm", {"number": number, "crisis": crisis})


def _report(state: State, heard: Understanding, script: Utter) -> Decision:
    message = UseTool(
        "take_message",
        {
            "body": heard.text,
            "name": state.name,
            "phone": state.phone,
            "priority": state.priority,
        },
    )
    return Decision(state.to(waiting_for="take_message"), (script, message))
