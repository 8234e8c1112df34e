"""Secrets: API tokens, the set-up link, and the signed session cookie."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from jose import JWTError, jwt

TOKEN_PREFIX = "sst_"  # noqa: S105 - a prefix that secret scanners can look for
_ALGORITHM = "HS256"
_ISSUER = "secondstory"


def new_token() -> str:
    """Return a fresh API token with 256 bits of randomness."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """Return what is stored of a random secret.

    A fast hash is right here: there is nothing to guess in 256 random bits. Lookups go by this
    hash, so no comparison leaks how much of a secret was right.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def sign_session(sign_in_id: UUID, expires_at: datetime, secret: str) -> str:
    """Return the JWT for the session cookie: it names the sign-in and nothing else."""
    claims = {"iss": _ISSUER, "sid": str(sign_in_id), "exp": expires_at}
    encoded: str = jwt.encode(claims, secret, algorithm=_ALGORITHM)
    return encoded


def read_session(cookie: str, secret: str) -> UUID | None:
    """Return the sign-in a session cookie names, or None if the cookie is not ours or is over."""
    try:
        claims = jwt.decode(cookie, secret, algorithms=[_ALGORITHM], issuer=_ISSUER)
        return UUID(claims["sid"])
    except (JWTError, KeyError, ValueError, TypeError, AttributeError):
        return None
