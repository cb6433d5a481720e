"""Signed tokens of providers: whether they are, and whether they are meant for us now."""

import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ClaimError, JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry, extract_compact

from tenants.sso.ports import Client, ProviderFault

# By a key pair each: what is signed with a secret that we know too proves nothing.
ALGORITHMS: dict[str, type[RSAKey] | type[ECKey] | type[OKPKey]] = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), RSAKey),
    **dict.fromkeys(("ES256", "ES384", "ES512"), ECKey),
    **dict.fromkeys(("EdDSA", "Ed25519"), OKPKey),
}
SKEW_SECONDS = 60
MOST_KEYS = 50
# In base64url: 2048 bits at least, and no more than can be worked with at once.
RSA_MODULUS = range(342, 2732)
LONGEST_EXPONENT = 8
LONGEST_SUBJECT = 255
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"

Key = RSAKey | ECKey | OKPKey


def header_of(token: str) -> dict[str, Any]:
    """The header of a token that nobody has checked. Raises `ProviderFault`."""
    try:
        header = extract_compact(token.encode()).headers()
    except (JoseError, ValueError, binascii.Error) as problem:
        raise ProviderFault("token_malformed") from problem
    if header.get("alg") not in ALGORITHMS:
        raise ProviderFault("token_algorithm")
    return dict(header)


def keys_for(header: Mapping[str, Any], published: list[dict[str, Any]]) -> list[Key]:
    """The keys with which a token may have been signed; without a name any of its kind."""
    kind, name = ALGORITHMS[header["alg"]], header.get("kid")
    found = []
    for key in published[:MOST_KEYS]:
        fits = key.get("kty") == kind.key_type and key.get("use", "sig") == "sig"
        if fits and name in (None, key.get("kid")) and _is_sound(key):
            try:
                found.append(kind.import_key(dict(key)))
            except (JoseError, ValueError, TypeError, KeyError):
                continue
    return found


def claims_of(token: str, keys: list[Key]) -> dict[str, Any]:
    """What a token says, if one of these keys has signed it. Raises `ProviderFault`."""
    registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
    for key in keys:
        try:
            decoded = jwt.decode(token, key, algorithms=list(ALGORITHMS), registry=registry)
        except (JoseError, ValueError, RecursionError):
            continue
        return dict(decoded.claims)
    raise ProviderFault("token_signature")


def check(
    claims: dict[str, Any],
    header: dict[str, Any],
    client: Client,
    now: datetime,
    **wanted: object,
) -> None:
    """Whether an ID token is for us, now. `wanted` may hold `nonce` and `access_token`.

    Raises `ProviderFault`, named for the claim that is wrong.
    """
    options = {
        "iss": {"essential": True, "value": client.issuer},
        "aud": {"essential": True, "value": client.client_id},
    }
    params = {"client_id": client.client_id, **wanted}
    try:
        token = CodeIDToken(claims, header, options, params)
        token.validate(int(now.timestamp()), SKEW_SECONDS)
    except ClaimError as wrong:
        raise ProviderFault(f"token_{_name(wrong)}") from wrong
    except (TypeError, ValueError, AttributeError) as wrong:
        raise ProviderFault("token_malformed") from wrong
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise ProviderFault("token_sub")


def check_logout(claims: dict[str, Any], client: Client, now: datetime) -> None:
    """Whether a logout token is for us, now (Back-Channel Logout 1.0). Raises `ProviderFault`."""
    audience = claims.get("aud")
    issued = claims.get("iat")
    right = {
        "iss": claims.get("iss") == client.issuer,
        "aud": client.client_id in (audience if isinstance(audience, list) else [audience]),
        "iat": _is_recent(issued, now),
        "events": isinstance(claims.get("events"), dict) and LOGOUT_EVENT in claims["events"],
        # A token with one is an ID token, which must never end a session.
        "nonce": "nonce" not in claims,
    }
    for name, holds in right.items():
        if not holds:
            raise ProviderFault(f"logout_{name}")


def _is_recent(moment: Any, now: datetime) -> bool:
    seconds = isinstance(moment, int | float) and not isinstance(moment, bool)
    return seconds and abs(now.timestamp() - moment) <= 2 * SKEW_SECONDS


def _is_sound(key: Mapping[str, Any]) -> bool:
    if key.get("kty") != "RSA":
        return True
    modulus, exponent = key.get("n"), key.get("e")
    if not isinstance(modulus, str) or not isinstance(exponent, str):
        return False
    return len(modulus) in RSA_MODULUS and len(exponent) <= LONGEST_EXPONENT


def _name(wrong: ClaimError) -> str:
    claim = getattr(wrong, "claim", None) or "exp"
    return str(claim)
