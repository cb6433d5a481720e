"""Why personal data is worked on, and what allows it: every job and every period names both."""

from enum import StrEnum


class Basis(StrEnum):
    """What allows it (GDPR, article 6)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    LEGITIMATE_INTEREST = "legitimate_interest"


class Purpose(StrEnum):
    """Why it is done. The promise each answers to is in brackets."""

    ANALYTICS = "analytics"  # P044
    BILLING = "billing"  # P041
    CALL_DELIVERY = "call_delivery"  # P037
    CALL_ROUTING = "call_routing"  # P038
    CUSTOMISATION = "customisation"  # P040
    IMPROVEMENT = "improvement"  # P045
    INDUSTRY_INSIGHT = "industry_insight"  # P046
    LEGAL = "legal"  # P048
    MARKETING = "marketing"  # P049
    MEASURING_CAMPAIGNS = "measuring_campaigns"  # P051
    MONITORING = "monitoring"  # P051
    PERSONALISATION = "personalisation"  # P051
    SCHEDULING = "scheduling"  # P039
    SECURITY = "security"  # P047
    SERVICE = "service"  # P036
    SERVICE_MESSAGES = "service_messages"  # P042
    SUPPORT = "support"  # P043
    SURVEYS = "surveys"  # P050


# The basis on which each is done unless a profile says otherwise (P053).
BASIS: dict[Purpose, Basis] = {
    Purpose.ANALYTICS: Basis.LEGITIMATE_INTEREST,
    Purpose.BILLING: Basis.CONTRACT,
    Purpose.CALL_DELIVERY: Basis.CONTRACT,
    Purpose.CALL_ROUTING: Basis.CONTRACT,
    Purpose.CUSTOMISATION: Basis.CONTRACT,
    Purpose.IMPROVEMENT: Basis.CONSENT,
    Purpose.INDUSTRY_INSIGHT: Basis.LEGITIMATE_INTEREST,
    Purpose.LEGAL: Basis.LEGAL_OBLIGATION,
    Purpose.MARKETING: Basis.CONSENT,
    Purpose.MEASURING_CAMPAIGNS: Basis.CONSENT,
    Purpose.MONITORING: Basis.LEGITIMATE_INTEREST,
    Purpose.PERSONALISATION: Basis.CONSENT,
    Purpose.SCHEDULING: Basis.CONTRACT,
    Purpose.SECURITY: Basis.LEGITIMATE_INTEREST,
    Purpose.SERVICE: Basis.CONTRACT,
    Purpose.SERVICE_MESSAGES: Basis.CONTRACT,
    Purpose.SUPPORT: Basis.CONTRACT,
    Purpose.SURVEYS: Basis.LEGITIMATE_INTEREST,
}
