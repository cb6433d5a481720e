"""Files are put into buckets of others, signed as Amazon wants it."""

from datetime import UTC, datetime

import pytest

from domain.errors import Unavailable
from integrations.bucket import Bucket, BucketRefused, Keys
from integrations.bucket.signature import signed
from tests.fakes.bucket import KEY_ID, REGION, SECRET, FakeBucket
from tests.fakes.crm import Straight

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)


def test_the_example_of_amazon_comes_out():
    """https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html: PUT Object."""
    keys = Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    headers = {
        "Date": "Fri, 24 May 2013 00:00:00 GMT",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
    }
    url = "https://examplebucket.s3.amazonaws.com/test%24file.text"
    body, at = b"Welcome to Amazon S3.", datetime(2013, 5, 24, tzinfo=UTC)
    found = signed(keys, "PUT", url, headers, body, at)["Authorization"]
    assert found.endswith("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")


@pytest.fixture
def fake():
    return FakeBucket()


@pytest.fixture
def bucket(fake):
    keys = Keys(KEY_ID, SECRET, REGION)
    return Bucket(Straight(fake.app()), keys, "figures", "https://minio.example:9000/")


@pytest.mark.parametrize("key", ["totals/2026-11-16.csv", "a b/day=1/ü+%&.csv"])
async def test_a_file_lies_under_its_name_once(fake, bucket, key):
    for body in (b"first", b"second"):
        await bucket.put(key, body, "text/csv; charset=utf-8", AT)
    assert fake.files == {key: "second"}


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        *((status, BucketRefused) for status in (301, 403, 404)),
        *((status, Unavailable) for status in (429, 500, 503)),
    ],
)
async def test_a_bucket_that_takes_nothing_says_so(fake, bucket, status, failure):
    fake.failures = [status]
    with pytest.raises(failure):
        await bucket.put("totals/2026-11-16.csv", b"", "text/csv", AT)


async def test_another_secret_opens_nothing(fake):
    keys = Keys(KEY_ID, "guessed", REGION)
    bucket = Bucket(Straight(fake.app()), keys, "figures", "https://minio.example")
    with pytest.raises(BucketRefused) as refused:
        await bucket.put("totals/2026-11-16.csv", b"", "text/csv", AT)
    assert refused.value.reason == "status_403"
    assert "guessed" not in repr(keys)
