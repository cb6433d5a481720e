"""What happens if the same mutation arrives twice, because its first answer was lost.

A mutation whose repetition would be felt outside (a second letter, row, booking, key, delivery)
takes an `idempotencyKey`. Every other is listed here, with the reason why it needs none.
"""

from enum import StrEnum


class Harmless(StrEnum):
    """Why a mutation may be repeated."""

    ENDS = "what it ends has ended: the second time changes nothing, or is refused"
    PROVES = "it asks for a proof that is good once, or is meant for somebody who watches"
    TRIES = "it happens in a sandbox, from which nothing leaves"
    SETS = "it sets what it names: the second time sets the same"


HARMLESS = {
    "apiKeyRevoke": Harmless.ENDS,
    "bulkExportCancel": Harmless.ENDS,
    "closureRemove": Harmless.ENDS,
    "contactUpdate": Harmless.SETS,
    "customRoleDelete": Harmless.ENDS,
    "customRoleUpdate": Harmless.SETS,
    "feedbackGive": Harmless.SETS,
    "intakeUpdate": Harmless.SETS,
    "invitationRevoke": Harmless.ENDS,
    "knowledgePublish": Harmless.SETS,
    "knowledgeRetire": Harmless.ENDS,
    "knowledgeUpdate": Harmless.SETS,
    "leadChangeStatus": Harmless.SETS,
    "leadQualify": Harmless.SETS,
    "locationMakeDefault": Harmless.SETS,
    "locationRemove": Harmless.ENDS,
    "locationUpdate": Harmless.SETS,
    "memberChangeRole": Harmless.SETS,
    "memberLeave": Harmless.ENDS,
    "memberMakeOwner": Harmless.ENDS,
    "memberRemove": Harmless.ENDS,
    "messageMarkRead": Harmless.SETS,
    "messageResolve": Harmless.SETS,
    "messageSetPriority": Harmless.SETS,
    "mfaDisable": Harmless.ENDS,
    "numberUnlist": Harmless.ENDS,
    "passkeyBegin": Harmless.PROVES,
    "passkeyFinish": Harmless.PROVES,
    "passkeyRemove": Harmless.ENDS,
    "passwordChange": Harmless.PROVES,
    "phoneNumberLabel": Harmless.SETS,
    "phoneNumberPlace": Harmless.SETS,
    "phoneNumberRelease": Harmless.ENDS,
    "pluginConfigure": Harmless.SETS,
    "pluginDisable": Harmless.ENDS,
    "pluginEnable": Harmless.SETS,
    "recordingDelete": Harmless.ENDS,
    "recoveryCodesRenew": Harmless.PROVES,
    "resourceRemove": Harmless.ENDS,
    "resourceUpdate": Harmless.SETS,
    "rulesUpdate": Harmless.SETS,
    "sandboxClockAdvance": Harmless.TRIES,
    "sandboxCreate": Harmless.ENDS,
    "sandboxDelete": Harmless.ENDS,
    "sandboxReset": Harmless.SETS,
    "serviceAssign": Harmless.SETS,
    "serviceRemove": Harmless.ENDS,
    "serviceUpdate": Harmless.SETS,
    "sessionRevoke": Harmless.ENDS,
    "sessionsRevokeOthers": Harmless.ENDS,
    "simulatedCallPlace": Harmless.TRIES,
    "supportTicketChangeStatus": Harmless.SETS,
    "tenantOriginsUpdate": Harmless.SETS,
    "tenantSecurityUpdate": Harmless.SETS,
    "tenantUpdate": Harmless.SETS,
    "totpBegin": Harmless.PROVES,
    "totpConfirm": Harmless.PROVES,
    "transferTargetOrder": Harmless.SETS,
    "transferTargetRemove": Harmless.ENDS,
    "transferTargetUpdate": Harmless.SETS,
    "webhookDelete": Harmless.ENDS,
    "webhookUpdate": Harmless.SETS,
}
