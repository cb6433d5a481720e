"""What members hear of what happens, and how: each says so for themselves."""

from tenants.notifications.service import Change as Change
from tenants.notifications.service import choose as choose
from tenants.notifications.service import digest_minute as digest_minute
from tenants.notifications.service import own as own
from tenants.notifications.service import set_digest_minute as set_digest_minute
