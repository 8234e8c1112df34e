"""Signing in a hundred times, at a fraction of the cost."""

import pytest
from argon2 import PasswordHasher

from secondstory.identity import passwords


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash as always, but with next to no memory; set-up and process tests hash in earnest."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", cheap)
    monkeypatch.setattr(passwords, "_decoy", cheap.hash("nobody has this password"))
