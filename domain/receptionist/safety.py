"""The emergency guard: decided by rules alone, before anything else, at any time (L48)."""

from domain.receptionist.briefing import Briefing
from domain.receptionist.moves import Decision, UseTool, Utter
from domain.receptionist.nlu import Understanding
from domain.receptionist.nlu.emergencies import Danger
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
    number = briefing.profile.rules.emergency_number
    script = Utter("emergency", {"number": number})
    if heard.emergency.kind is Danger.SELF_HARM:
        crisis = CRISIS_LINES.get(briefing.profile.region, ELSEWHERE)
        script = Utter("emergency_self_harm", {"number": number, "crisis": crisis})
    return _report(state.to(priority="emergency"), heard, script)


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
