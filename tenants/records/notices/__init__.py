"""Telling every account holder of something, with proof that it was sent."""

from tenants.records.notices.service import Announcement as Announcement
from tenants.records.notices.service import announce as announce
from tenants.records.notices.service import object_to as object_to
from tenants.records.notices.service import proof as proof
