"""How to connect to our own servers by TLS, as their URLs say."""

import ssl
from typing import Any
from urllib.parse import parse_qs, urlsplit

from domain.tls import TlsFloor, asking

# What PostgreSQL calls a connection that is encrypted or does not come about.
POSTGRES_ENCRYPTED = {"require", "verify-ca", "verify-full"}


def postgres_tls(url: str, floor: TlsFloor) -> dict[str, Any]:
    """How to connect to PostgreSQL: as `sslmode` and `sslrootcert` of the URL say."""
    asked = parse_qs(urlsplit(url).query)
    [mode] = asked.get("sslmode", [""])
    if mode not in POSTGRES_ENCRYPTED:
        return {"ssl": mode} if mode else {}
    [root] = asked.get("sslrootcert", [None])
    context = asking(floor, authorities=root)
    context.check_hostname = mode == "verify-full"
    if mode == "require" and root is None:
        context.verify_mode = ssl.CERT_NONE
    return {"ssl": context}


def redis_tls(url: str, floor: TlsFloor) -> dict[str, Any]:
    """How to connect to Valkey: by TLS, the name on the certificate being that of the URL."""
    if urlsplit(url).scheme != "rediss":
        return {}
    return {"ssl_min_version": floor.version, "ssl_check_hostname": True}
