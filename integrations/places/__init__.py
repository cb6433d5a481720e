"""Where networks are: by country, from the registries' own lists, which a package brings along."""

from integrations.places.registry import RegistryPlaces as RegistryPlaces
