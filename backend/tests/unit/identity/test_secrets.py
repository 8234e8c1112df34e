"""Passwords, tokens and session cookies."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.identity.passwords import hash_password, password_matches
from secondstory.identity.tokens import hash_secret, new_token, read_session, sign_session
from secondstory.platform.columns import new_id

SECRET = "s" * 64
SOON = datetime.now(UTC) + timedelta(hours=1)


async def test_a_password_matches_itself_alone() -> None:
    stored = await hash_password("correct horse battery")
    assert stored.startswith("$argon2id$")
    assert stored != await hash_password("correct horse battery")
    assert await password_matches("correct horse battery", stored)
    assert not await password_matches("correct horse battery ", stored)


@pytest.mark.parametrize("stored", [None, "", "x", "$argon2id$v=19$m=8,t=1,p=1$broken"])
async def test_what_is_no_hash_matches_nothing(stored: str | None) -> None:
    for password in ("", "x", "nobody has this password", str(stored)):
        assert not await password_matches(password, stored)


def test_tokens_are_long_and_never_the_same() -> None:
    made = {new_token() for _ in range(100)}
    assert len(made) == 100
    assert all(token.startswith("sst_") and len(token) >= 47 for token in made)
    assert len({hash_secret(token) for token in made}) == 100


def test_a_cookie_names_its_sign_in_until_it_is_over() -> None:
    sign_in = new_id()
    assert read_session(sign_session(sign_in, SOON, SECRET), SECRET) == sign_in
    assert read_session(sign_session(sign_in, SOON, SECRET), "t" * 64) is None
    past = datetime.now(UTC) - timedelta(seconds=1)
    assert read_session(sign_session(sign_in, past, SECRET), SECRET) is None


@given(st.text(max_size=100))
def test_any_other_cookie_names_nobody(cookie: str) -> None:
    assert read_session(cookie, SECRET) is None


@given(st.integers(0, 200), st.sampled_from("abcdefghXYZ019_-."))
def test_a_cookie_changed_anywhere_names_nobody_else(place: int, sign: str) -> None:
    sign_in = new_id()
    cookie = sign_session(sign_in, SOON, SECRET)
    place %= len(cookie)
    changed = cookie[:place] + sign + cookie[place + 1 :]
    # The last sign of base64 carries bits that do not count.
    assert read_session(changed, SECRET) in {None, sign_in}
