"""Where networks and postcodes are, by tables which packages bring along; nobody is asked."""

from integrations.places.postcodes import site_of as site_of
from integrations.places.registry import RegistryPlaces as RegistryPlaces
