"""Who calls and who comes: the caller's own name is not that of the child that is brought along."""

import re

from domain.receptionist.nlu.matching import find_named
from domain.receptionist.nlu.names import NameMention
from domain.receptionist.nlu.understanding import Slot, Understanding
from domain.receptionist.tracking.wants import Visitor, Wants


def with_people(wants: Wants, heard: Understanding) -> Wants:
    """The same, with who was named; a name once known is changed only by somebody's own words."""
    found = heard.name
    if found is None or _is_staff(found, wants):
        return wants
    if found.relation:
        return _with_visitor(wants, found)
    if wants.name is None or wants.asked is Slot.NAME or _corrects(heard):
        return wants.to(name=found.name)
    return wants


def names_caller(heard: Understanding) -> bool:
    """Whether a name was said that is the caller's own, and not that of who is brought along."""
    return heard.name is not None and heard.name.relation is None


def _with_visitor(wants: Wants, found: NameMention) -> Wants:
    others = [each for each in wants.visitors if each.name.lower() != found.name.lower()]
    visitors = (*others, Visitor(found.name, found.relation or ""))
    own = () if wants.visit.at is None or wants.visit in wants.kept else (wants.visit,)
    return wants.to(visitors=visitors, kept=(*wants.kept, *own))


def _corrects(heard: Understanding) -> bool:
    return bool(re.search(r"\bmy (?:full |first |last )?name\b|\bname is\b", heard.text, re.I))


def _is_staff(found: NameMention, wants: Wants) -> bool:
    """Whether the name is that of whom the caller asks for, and nobody asked for a name."""
    if found.own or found.relation or wants.asked is Slot.NAME or wants.staff is None:
        return False
    return find_named(found.name, [wants.staff]) is not None
