"""News to account holders who agreed to it. Callers are never among them."""

from tenants.records.marketing.service import AccountHolder as AccountHolder
from tenants.records.marketing.service import agree as agree
from tenants.records.marketing.service import audience as audience
from tenants.records.marketing.service import unsubscribe as unsubscribe
