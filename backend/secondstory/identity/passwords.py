"""Passwords, by argon2-cffi (argon2id, RFC 9106's second recommended parameters)."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
# Each hash takes 64 MiB while it runs, so only a few run at once.
_slots = asyncio.Semaphore(2)
# Checked when there is no such account, so that both cases take the same time.
_decoy = _hasher.hash("nobody has this password")


async def hash_password(password: str) -> str:
    """Return the PHC string to store."""
    async with _slots:
        return await asyncio.to_thread(_hasher.hash, password)


async def password_matches(password: str, stored: str | None) -> bool:
    """Tell whether the password is right; takes as long when there is nothing to compare with."""
    async with _slots:
        matches = await asyncio.to_thread(_verify, password, stored or _decoy)
    return matches and bool(stored)


def _verify(password: str, stored: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
