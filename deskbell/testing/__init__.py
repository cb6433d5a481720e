"""For authors of plugins: a bench on which theirs is tried out, without a server.

Say `pytest_plugins = ["deskbell.testing.fixtures"]` in the `conftest.py` of your tests, and take
the fixture `bench_of`: `bench = bench_of(my_plugin, settings={…})`, then `await bench.tell(event)`,
`await bench.use("tool", {…})`, `bench.provider(Port)`, `await bench.receive("path", b"…")`.

A plugin with a vertical has scenarios besides: `assert await rehearse(my_plugin) == []`.
"""

from deskbell.testing.bench import Bench as Bench
from deskbell.testing.bench import Told as Told
from deskbell.testing.http import FakeHttp as FakeHttp
from deskbell.testing.scenarios import Scenario as Scenario
from deskbell.testing.scenarios import Script as Script
from deskbell.testing.scenarios import play as play
from deskbell.testing.scenarios import problems as problems
from deskbell.testing.scenarios import rehearse as rehearse
from deskbell.testing.tenants import tenant_facts as tenant_facts
from deskbell.testing.units import NoDatabase as NoDatabase
