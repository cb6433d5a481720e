"""The numbers a business is reached on."""

from domain.phone_numbers.routing import Route as Route
from domain.phone_numbers.routing import tenant_of_number as tenant_of_number
from domain.phone_numbers.service import attach as attach
from domain.phone_numbers.service import label as label
from domain.phone_numbers.service import place as place
from domain.phone_numbers.service import release as release
