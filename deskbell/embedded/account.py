"""Who the servers run as, and whose the files are: PostgreSQL refuses to be root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from deskbell.embedded.errors import FolderUnreachable


@dataclass(frozen=True)
class Account:
    """The identity of a child process, in the words of `subprocess`; all None means our own."""

    user: int | None = None
    group: int | None = None
    extra_groups: tuple[int, ...] | None = None

    @property
    def is_lent(self) -> bool:
        """Whether root gives its servers another name than its own."""
        return self.user is not None

    def own(self, path: Path) -> None:
        """Make the file or folder belong to the account."""
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)


def account_for(data: Path) -> Account:
    """The account for a server over this data folder: its owner, or a lesser one than root."""
    if os.geteuid() != 0:
        return Account()
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, ())
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid, ())


def make_folder(folder: Path, account: Account) -> None:
    """Make a folder of ours; a lent account may pass through it and see nothing."""
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        return
    folder.chmod(0o711 if account.is_lent else 0o700)


def make_own_folder(folder: Path, account: Account) -> None:
    """Make a folder that only the account may read and write."""
    folder.mkdir()
    folder.chmod(0o700)
    account.own(folder)


def write_private(file: Path, text: str, account: Account) -> None:
    """Replace a file that only the account (and root) may read."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
    account.own(fresh)
    fresh.replace(file)


def require_reach(folder: Path, account: Account) -> None:
    """Raise FolderUnreachable unless the account can enter the folder."""
    # Asking the kernel as that account is right where mode bits are not (ACLs, mounts).
    entered = subprocess.run(  # noqa: S603
        ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)],
        stderr=subprocess.DEVNULL,
        check=False,
        cwd="/",
        user=account.user,
        group=account.group,
        extra_groups=account.extra_groups,
    )
    if entered.returncode != 0:
        raise FolderUnreachable(folder, account_name(account))


def account_name(account: Account) -> str:
    """The name of the account, or its number where it has none."""
    user = os.geteuid() if account.user is None else account.user
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
