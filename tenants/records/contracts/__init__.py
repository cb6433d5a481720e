"""Agreements on data between the operator and a tenant."""

from tenants.records.contracts.service import NewContract as NewContract
from tenants.records.contracts.service import conclude as conclude
from tenants.records.contracts.service import end as end
from tenants.records.contracts.service import in_force as in_force
