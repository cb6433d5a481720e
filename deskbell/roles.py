"""The three database roles, and the URLs by which each kind of process connects.

An operator either gives a role that may create roles and databases, and Deskbell makes the rest
and keeps their passwords in its home folder; or makes the roles by hand and names every URL.
"""

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from deskbell.database import OWNER, RUNTIME, SYSTEM
from domain.private_files import read_or_make

ROLES = (OWNER, RUNTIME, SYSTEM)
# Serialises everything that changes the shape of a server: roles, databases, migrations.
SHAPE_LOCK = 0x6465736B62656C6C


@dataclass(frozen=True)
class Databases:
    """One URL per role and database. A process is handed only its own."""

    owner: str = field(repr=False)
    runtime: str = field(repr=False)
    system: str = field(repr=False)
    keyring_owner: str = field(repr=False)
    keyring_runtime: str = field(repr=False)
    keyring_system: str = field(repr=False)


def as_role(url: str, role: str, password: str, database: str) -> str:
    """The same server, as another role on another database."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    netloc = f"{role}:{quote(password, safe='')}@{host}"
    return urlunsplit((parts.scheme, netloc, f"/{database}", parts.query, ""))


def role_passwords(home: Path) -> dict[str, str]:
    """The roles' passwords, kept in the home folder and made on first use."""
    made = read_or_make(home / "roles.json", _new_passwords)
    passwords: dict[str, str] = json.loads(made)
    return passwords


def _new_passwords() -> bytes:
    return json.dumps({role: secrets.token_urlsafe(24) for role in ROLES}).encode()


def databases(admin: str, keyring_admin: str, home: Path, name: str = "deskbell") -> Databases:
    """The URLs of a server that Deskbell manages through an administrative one."""
    passwords = role_passwords(home)
    keyring = f"{name}_keyring"

    def main(role: str) -> str:
        return as_role(admin, role, passwords[role], name)

    def keys(role: str) -> str:
        return as_role(keyring_admin, role, passwords[role], keyring)

    return Databases(
        main(OWNER), main(RUNTIME), main(SYSTEM), keys(OWNER), keys(RUNTIME), keys(SYSTEM)
    )


async def prepare_server(admin: str, home: Path, *names: str) -> None:
    """Make the roles and databases that are missing on a server."""
    connection = await asyncpg.connect(admin)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", SHAPE_LOCK)
        for role, password in role_passwords(home).items():
            await _ensure_role(connection, role, password)
        # The owner hands look-up functions to the system role, but inherits none of its sight.
        await connection.execute(f"GRANT {SYSTEM} TO {OWNER} WITH INHERIT FALSE, SET TRUE")
        for name in names:
            await _ensure_database(connection, name)
    finally:
        await connection.close()


async def _ensure_role(connection: asyncpg.Connection, role: str, password: str) -> None:
    exists = await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", role)
    verb = "ALTER" if exists else "CREATE"
    # DDL takes no parameters; the password is our own base64url, so quoting is safe.
    await connection.execute(f"{verb} ROLE {role} LOGIN NOBYPASSRLS PASSWORD '{password}'")


async def _ensure_database(connection: asyncpg.Connection, name: str) -> None:
    if await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", name):
        return
    await connection.execute(f'CREATE DATABASE "{name}" OWNER {OWNER}')
    # Nobody but our roles may so much as connect.
    await connection.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
    await connection.execute(f'GRANT CONNECT ON DATABASE "{name}" TO {RUNTIME}, {SYSTEM}')
