"""What pytest gives to the tests of a plugin: loaded by `pytest_plugins`."""

from collections.abc import Callable

import pytest

from deskbell.testing.bench import Bench


@pytest.fixture
def bench_of() -> Callable[..., Bench]:
    """Puts a plugin on the bench: `bench_of(plugin, settings={…}, tenant=…)`."""
    return Bench
