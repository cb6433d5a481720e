"""The country to which a regional registry assigned a network. Right for about 19 of 20."""

from ipaddress import ip_network

from iptocc import country_code

from integrations.places.distances import between


class RegistryPlaces:
    """Knows countries and nothing finer: within a country nobody travels."""

    def apart(self, one: str, other: str) -> float | None:
        """Kilometres that lie at least between two networks; None if one of them is unknown."""
        here, there = self.country(one), self.country(other)
        return between(here, there) if here and there else None

    def country(self, network: str) -> str | None:
        """ISO 3166, such as `US`; None for private networks and words that are no network."""
        try:
            address = ip_network(network, strict=False).network_address
        except ValueError:
            return None
        return country_code(str(address)) if address.is_global else None
