"""Erasing everything about a caller or a business, and proving it."""

from domain.erasure.service import NewErasure as NewErasure
from domain.erasure.service import erase_contact as erase_contact
from domain.erasure.service import erase_tenant as erase_tenant
from domain.erasure.settling import receive as receive
