"""What the operator publishes, and who has accepted which version of it."""

from tenants.records.policies.service import NewEdition as NewEdition
from tenants.records.policies.service import accept as accept
from tenants.records.policies.service import accept_by_use as accept_by_use
from tenants.records.policies.service import accept_version as accept_version
from tenants.records.policies.service import publish as publish
