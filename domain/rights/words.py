"""How each kind of request is called, in the catalogue of texts."""

from domain.rights.kinds import RequestKind

KINDS = {
    RequestKind.ACCESS: "rights_kind_access",
    RequestKind.COMPLAINT_INFORMATION: "rights_kind_complaint_information",
    RequestKind.CONSENT_WITHDRAWAL: "rights_kind_consent_withdrawal",
    RequestKind.CORRECTION: "rights_kind_correction",
    RequestKind.DELETION: "rights_kind_deletion",
    RequestKind.MARKETING_OPT_OUT: "rights_kind_marketing_opt_out",
    RequestKind.OBJECTION: "rights_kind_objection",
    RequestKind.PORTABILITY: "rights_kind_portability",
    RequestKind.RESTRICTION: "rights_kind_restriction",
    RequestKind.SALE_OPT_OUT: "rights_kind_sale_opt_out",
}
