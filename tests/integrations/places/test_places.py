"""Where networks are, and how far apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.places import RegistryPlaces
from integrations.places.distances import between, cities, spot

PLACES = RegistryPlaces()
# Of universities that have had them since the beginning.
STANFORD, OXFORD, KYOTO, IPV6 = "171.64.0.0/16", "129.67.0.0/24", "130.54.0.0/24", "2001:630::/48"


@pytest.mark.parametrize(
    ("network", "country"), [(STANFORD, "US"), (OXFORD, "GB"), (KYOTO, "JP"), (IPV6, "GB")]
)
def test_a_network_is_where_its_registry_says(network, country):
    assert PLACES.country(network) == country


@pytest.mark.parametrize(
    "network",
    ["", "garbage", "10.0.0.0/24", "127.0.0.0/24", "192.0.2.0/24", "::1", "999.0.0.0/8", "\0"],
)
def test_what_is_private_or_no_network_is_nowhere(network):
    assert PLACES.country(network) is None
    assert PLACES.apart(network, OXFORD) is None


def test_from_oxford_to_kyoto_it_is_far_and_to_oxford_it_is_not():
    assert 8000 < PLACES.apart(OXFORD, KYOTO) < 10_500
    assert PLACES.apart(OXFORD, OXFORD) == 0


def test_a_large_country_is_as_near_as_its_nearest_city():
    # From one bank of the lakes to the other, not from Toronto to Honolulu.
    assert between("CA", "US") < 300


@given(st.sampled_from(sorted(cities())), st.sampled_from(sorted(cities())))
def test_the_way_back_is_as_long_and_no_way_is_longer_than_half_the_earth(one, other):
    there = between(one, other)
    assert there == pytest.approx(between(other, one))
    assert 0 <= there <= 20_038


@pytest.mark.parametrize(
    ("written", "latitude", "longitude"),
    [
        ("+404251-0740023", 40.714, -74.006),
        ("+5130-00008", 51.5, -0.133),
        ("-3624+17446", -36.4, 174.767),
    ],
)
def test_coordinates_are_read(written, latitude, longitude):
    read = spot(written)
    assert (read.latitude, read.longitude) == (
        pytest.approx(latitude, abs=0.001),
        pytest.approx(longitude, abs=0.001),
    )


@pytest.mark.parametrize("written", ["", "+40-074", "40.7,-74", "+4042-07400+1"])
def test_other_words_are_no_coordinates(written):
    with pytest.raises(ValueError, match="no coordinates"):
        spot(written)
