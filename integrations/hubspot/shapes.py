"""What requests to HubSpot look like, as its public documentation describes them.

A shape is a type, a list of one shape, a tuple of words, or a dictionary: names that end in `?` may
be missing, and `*` stands for any name.
"""

from typing import Any

TEXTS = {"*": str}
_TO = {
    "to": {"id": str},
    "types": [
        {"associationCategory": ("HUBSPOT_DEFINED", "USER_DEFINED"), "associationTypeId": int}
    ],
}
CREATE = {"properties": TEXTS, "associations?": [_TO]}
UPDATE = {"properties": TEXTS}
GDPR = {"objectId": str, "idProperty?": str}
_FILTER = {"propertyName": str, "operator": ("EQ", "GTE"), "value": str}
SEARCH = {
    "filterGroups?": [{"filters": [_FILTER]}],
    "properties?": [str],
    "sorts?": [{"propertyName": str, "direction": ("ASCENDING", "DESCENDING")}],
    "limit?": int,
    "after?": str,
}
PROPERTY = {
    "name": str,
    "label": str,
    "type": ("string", "number", "date", "datetime", "enumeration", "bool"),
    "fieldType": ("text", "textarea", "number", "date", "select", "booleancheckbox"),
    "groupName": str,
    "description?": str,
    "hasUniqueValue?": bool,
}
# The numbers of the ways in which records belong to a contact.
ASSOCIATIONS = {"calls": 194, "deals": 3, "tasks": 204}


def _fields(words: str) -> dict[str, bool]:
    return dict.fromkeys(words.split(), False)


DEFINED = {
    "contacts": _fields(
        "firstname lastname phone mobilephone email company createdate lastmodifieddate"
        " hs_object_id hs_language"
        " hs_searchable_calculated_phone_number hs_searchable_calculated_mobile_number"
    ),
    "calls": _fields(
        "hs_timestamp hs_call_title hs_call_body hs_call_duration hs_call_direction"
        " hs_call_status hs_call_from_number hs_call_to_number"
    ),
    "deals": _fields("dealname description pipeline dealstage amount"),
    "tasks": _fields(
        "hs_timestamp hs_task_subject hs_task_body hs_task_status hs_task_type hs_task_priority"
    ),
}
"""The fields that every account has, as far as we write them."""


def check(value: Any, shape: Any, path: str = "$") -> str:
    """What is wrong with a value; nothing, if nothing is."""
    if isinstance(shape, type):
        right = isinstance(value, shape) and not (shape is int and isinstance(value, bool))
        return "" if right else f"{path} is no {shape.__name__}"
    if isinstance(shape, tuple):
        return "" if value in shape else f"{path} is none of {shape}"
    if isinstance(shape, list):
        return _check_all(value, shape[0], path)
    return _check_names(value, shape, path)


def _check_all(values: Any, shape: Any, path: str) -> str:
    if not isinstance(values, list):
        return f"{path} is no list"
    return next(filter(None, (check(each, shape, f"{path}[]") for each in values)), "")


def _check_names(value: Any, shape: dict[str, Any], path: str) -> str:
    if not isinstance(value, dict):
        return f"{path} is no object"
    missing = [name for name in shape if name[-1] not in "?*" and name not in value]
    if missing:
        return f"{path}.{missing[0]} is missing"
    for name, inner in value.items():
        known = shape.get(name, shape.get(f"{name}?", shape.get("*")))
        if known is None:
            return f"{path}.{name} is unknown"
        if problem := check(inner, known, f"{path}.{name}"):
            return problem
    return ""
