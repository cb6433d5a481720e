"""The seam to the privacy profile: what a business has set, as far as consent asks for it."""

from domain.consent.terms import Choices
from domain.privacy.policy import Preset, PrivacyProfile


def choices_of(privacy: PrivacyProfile) -> Choices:
    """What a business wants of its calls, from what it has set."""
    return Choices(
        recording=privacy.recording.enabled,
        transcript_on_decline=privacy.recording.transcript_on_decline,
        always_ask=privacy.recording.always_ask,
        training=privacy.training,
        clinical=privacy.hipaa or privacy.preset is Preset.HEALTHCARE,
    )
