"""The domain name system, asked through dnspython."""

from integrations.dns.resolver import NameServers as NameServers
