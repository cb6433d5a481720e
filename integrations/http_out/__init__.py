"""Requests to addresses that tenants chose: bounded, and never into our own network."""

from integrations.http_out.addresses import AddressRefused as AddressRefused
from integrations.http_out.addresses import Reach as Reach
from integrations.http_out.addresses import Target as Target
from integrations.http_out.outbound import Answer as Answer
from integrations.http_out.outbound import Asked as Asked
from integrations.http_out.outbound import NoAnswer as NoAnswer
from integrations.http_out.outbound import Outbound as Outbound
from integrations.http_out.outbound import TooSlow as TooSlow
from integrations.http_out.outbound import usual_trust as usual_trust
