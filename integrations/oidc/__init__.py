"""OpenID Connect (Core 1.0, Discovery 1.0) with providers that tenants name."""

from integrations.oidc.client import OpenIdClient as OpenIdClient
from integrations.oidc.documents import Documents as Documents
from integrations.oidc.documents import Fetched as Fetched
