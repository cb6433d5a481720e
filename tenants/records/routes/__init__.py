"""Where data may go: recipients outside a tenant's region, refused or accepted on record."""

from tenants.records.routes.service import accept as accept
from tenants.records.routes.service import judged as judged
from tenants.records.routes.service import refuse_outside as refuse_outside
from tenants.records.routes.service import withdraw as withdraw
