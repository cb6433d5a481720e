"""OAuth 2.0 (RFC 6749, 7636, 7009) with services at which tenants have accounts."""

from integrations.oauth.client import OAuthClient as OAuthClient
from integrations.oauth.ports import GrantDied as GrantDied
from integrations.oauth.ports import OAuthFault as OAuthFault
from integrations.oauth.ports import Provider as Provider
from integrations.oauth.ports import ProviderAway as ProviderAway
from integrations.oauth.ports import Tokens as Tokens
