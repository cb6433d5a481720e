"""Where postcodes are: by a table for ZIP codes, and by nothing elsewhere."""

import pytest

from domain.errors import InvalidInput
from integrations.places import site_of


@pytest.mark.parametrize(
    ("postcode", "latitude", "longitude"),
    [("10001", 40.75, -74.0), ("90210", 34.1, -118.4), ("99501", 61.2, -149.9)],
)
def test_a_zip_code_is_where_it_is(postcode, latitude, longitude):
    site = site_of(postcode, "US")
    assert site.postcode == postcode
    assert site.spot.latitude == pytest.approx(latitude, abs=0.1)
    assert site.spot.longitude == pytest.approx(longitude, abs=0.1)


def test_nine_digits_are_where_the_five_are():
    assert site_of("10001-2062", "US").spot == site_of("10001", "US").spot


@pytest.mark.parametrize(
    ("postcode", "region"), [("00000", "US"), ("SW1A 1AA", "GB"), ("10001", "DE"), ("ABCDE", "US")]
)
def test_what_is_not_in_the_table_is_known_by_its_letters(postcode, region):
    site = site_of(postcode, region)
    assert (site.postcode, site.spot) == (postcode.replace(" ", ""), None)


def test_what_is_no_postcode_is_refused():
    with pytest.raises(InvalidInput):
        site_of("???", "US")
