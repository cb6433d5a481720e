"""The bench on which authors try their plugins out, and what `plugins check` finds."""

import json
import subprocess
import sys
from uuid import uuid4

import pytest
from pydantic import BaseModel
from typer.testing import CliRunner

from deskbell.cli.plugins import app
from deskbell.scaffold import BadName, scaffold
from deskbell.testing import Bench, NoDatabase
from domain.business.profile import Question
from domain.errors import InvalidInput
from domain.personal import DataClass
from domain.privacy.ports import Receipt
from domain.receptionist.offers import NotNow
from plugins.checking import findings
from plugins.errors import PluginFailed
from plugins.registry import Registry
from plugins.routes import Reply
from plugins.spec import hookimpl
from plugins.tools import Tool
from tests.architecture.source import ROOT
from tests.fakes.happenings import Happened
from tests.fakes.plugin import FakePlugin
from tests.plugins.test_providers import Bakery, Oven


class Order(BaseModel):
    loaves: int


async def bake(order, context):
    answer = await context.http.get("https://bakery.example/", {})
    return f"{order.loaves} loaves {answer.body.decode()}"


BAKE = Tool(
    name="bake",
    description="Bakes",
    phrases=("bake me some bread",),
    arguments=Order,
    run=bake,
    questions=(Question(key="loaves", ask="How many?"),),
    permissions=frozenset({"messages:read"}),
    when=lambda situation: not situation.written,
    otherwise="Please call us for that.",
)


class Everything(Bakery):
    """Takes part in every way."""

    @hookimpl
    def register_tools(self, offer) -> None:
        offer(BAKE)

    @hookimpl
    def register_jobs(self, later) -> None:
        later(self.clean)

    @hookimpl
    def register_routes(self, mount) -> None:
        mount("order", self.order)

    async def clean(self, payload, context) -> None:
        async with context.settle() as uow:
            uow.schedule("fake.clean", at=uow.now, key="clean")

    async def order(self, request, context) -> Reply:
        return Reply(200, request.body + context.url("order").encode())


@pytest.fixture
def bench():
    return Bench(Everything(), settings={"clinic": "Elm Street"})


async def test_an_event_reaches_every_handler(bench):
    [told] = await bench.tell(Happened(thing_id=uuid4(), number=7))
    assert told.settings.clinic == "Elm Street"
    assert not told.settled


async def test_a_job_settles_and_schedules(bench):
    told = await bench.run("clean")
    assert told.settled
    assert [timer.job for timer in bench.units.opened[0].timers] == ["fake.clean"]


async def test_a_tool_is_used_as_in_a_call(bench):
    bench.http.answer("https://bakery.example/", b"are in the oven")
    assert await bench.use("bake", {"loaves": "3"}) == "3 loaves are in the oven"
    with pytest.raises(NotNow, match="Please call"):
        await bench.use("bake", {"loaves": "3"}, written=True)
    with pytest.raises(InvalidInput):
        await bench.use("bake", {"loaves": "many"})


async def test_an_address_that_nobody_answers_fails(bench):
    with pytest.raises(PluginFailed):
        await bench.use("bake", {"loaves": "3"})
    assert bench.http.sent[0].url == "https://bakery.example/"


async def test_a_provider_and_a_route_are_tried(bench):
    assert await bench.provider(Oven).bake("rye") == "rye from Elm Street"
    reply = await bench.receive("order", b"two ")
    assert reply.body.startswith(b"two https://deskbell.example/plugins/fake/")


async def test_rows_are_not_on_the_bench(bench):
    async with bench.provider(Oven).context.unit_of_work() as uow:
        with pytest.raises(NoDatabase):
            await uow.connection.execute_query("SELECT 1")


class Answers:
    async def erase(self, contact_id, context):
        return Receipt()


class Answering(FakePlugin):
    @hookimpl
    def register_personal_data(self, answering) -> None:
        answering(Answers())


def problems(plugin):
    return [each.problem for each in findings(Registry(plugins=(plugin,)))]


def test_a_sound_plugin_has_no_findings():
    assert problems(FakePlugin()) == []
    assert findings(Registry()) == []


def test_whoever_keeps_personal_data_answers_for_it():
    [problem] = problems(FakePlugin(stores_personal_data=True))
    assert "register_personal_data" in problem
    assert problems(Answering(stores_personal_data=True)) == []


def test_tables_hold_no_more_than_the_manifest_says():
    found = problems(Answering(models="plugins.webhooks.models", data=frozenset({DataClass.LOG})))
    assert found == ["its tables hold caller_identity, which its manifest does not name"]


def test_what_is_not_installed_cannot_be_needed():
    [problem] = problems(FakePlugin(requires=frozenset({"ghost"})))
    assert "ghost" in problem


def test_a_name_is_one_that_addresses_can_hold():
    assert problems(FakePlugin(name="Café"))


def test_a_tool_may_do_no_more_than_its_plugin():
    greedy = Tool("x", "x", ("x",), Order, bake, permissions=frozenset({"contacts:write"}))

    class Greedy(FakePlugin):
        @hookimpl
        def register_tools(self, offer) -> None:
            offer(greedy)

    with pytest.raises(TypeError, match="more than its plugin"):
        Registry(plugins=(Greedy(),))


def test_the_command_lists_and_checks():
    runner = CliRunner()
    listed = json.loads(runner.invoke(app, ["list", "--json"]).stdout)
    assert {"notify", "webhooks"} <= {each["name"] for each in listed}
    checked = runner.invoke(app, ["check", "--json"])
    assert (checked.exit_code, json.loads(checked.stdout)) == (0, [])


@pytest.mark.parametrize("name", ["Café", "1st", "a b", "../up"])
def test_a_new_plugin_needs_a_name(tmp_path, name):
    with pytest.raises(BadName):
        scaffold(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_new_plugin_passes_its_own_tests(tmp_path):
    made = CliRunner().invoke(app, ["new", "tea_time", "--folder", str(tmp_path), "--json"])
    folder = json.loads(made.stdout)["folder"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    ran = subprocess.run(
        command,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    assert "2 passed" in ran.stdout
    again = CliRunner().invoke(app, ["new", "tea_time", "--folder", str(tmp_path)])
    assert again.exit_code == 1
