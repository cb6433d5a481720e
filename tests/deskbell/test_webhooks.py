"""A worker is wired for webhooks: it may go where the operator says, and answers documents."""

from ipaddress import ip_address

import pytest
from pydantic import ValidationError

from api.graphql.payloads import PayloadRenderer
from deskbell.bootstrap import Wiring
from deskbell.settings import Settings
from deskbell.webhooks import deliverer, reach
from integrations.http_out import AddressRefused


def test_the_operator_says_where_webhooks_may_go():
    settings = Settings(_env_file=None, webhook_networks="10.1.0.0/16", webhook_ports="443, 8443")
    reach(settings).check(ip_address("10.1.2.3"), "https")
    assert reach(settings).target("https://hooks.example:8443/").port == 8443


def test_without_a_word_only_the_public_internet_is_reached():
    with pytest.raises(AddressRefused):
        reach(Settings(_env_file=None)).check(ip_address("10.1.2.3"), "https")


@pytest.mark.parametrize("wrong", [{"webhook_networks": "10.0.0.1/8"}, {"webhook_ports": "https"}])
def test_what_is_no_network_or_port_stops_the_start(wrong):
    with pytest.raises(ValidationError):
        Settings(_env_file=None, **wrong)


def test_a_worker_can_do_what_webhooks_need(house):
    deployment = house.deployment()
    made = deliverer(Wiring.build(deployment))
    assert isinstance(made.renderer, PayloadRenderer)
    assert made.http.reach == reach(deployment.settings)
    assert any(audience.plugin == "webhooks" for audience in made.registry.audiences)
