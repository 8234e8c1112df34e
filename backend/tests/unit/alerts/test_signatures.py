"""A signature is checked over the exact bytes, with two secrets at once while rotating."""

from dataclasses import replace

import pytest

from secondstory.alerts.formats.contract import (
    Message,
    SignatureMismatch,
    Signing,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.registry import FORMATS
from tests.fixtures.alerts.corpus import SignedRequest, signed_requests

GENUINE = [found for found in signed_requests() if found.valid and found.settings.secrets]


def is_accepted(kind: SourceKind, message: Message, settings: SourceSettings) -> bool:
    try:
        FORMATS[kind].verify(message, settings)
    except SignatureMismatch:
        return False
    return True


def with_secrets(found: SignedRequest, *secrets: str) -> SourceSettings:
    return replace(found.settings, secrets=secrets)


@pytest.mark.parametrize("found", signed_requests(), ids=lambda found: found.name)
def test_signature_vector(found: SignedRequest) -> None:
    assert is_accepted(found.kind, found.message, found.settings) is found.valid


@pytest.mark.parametrize("found", GENUINE, ids=lambda found: found.name)
def test_either_of_two_secrets_is_enough(found: SignedRequest) -> None:
    (secret,) = found.settings.secrets
    assert is_accepted(found.kind, found.message, with_secrets(found, "a new one", secret))
    assert is_accepted(found.kind, found.message, with_secrets(found, secret, "the old one"))
    assert not is_accepted(found.kind, found.message, with_secrets(found, "a new one", "another"))


@pytest.mark.parametrize("found", GENUINE, ids=lambda found: found.name)
def test_without_secret_a_sender_that_always_signs_is_refused(found: SignedRequest) -> None:
    trusted = FORMATS[found.kind].signing is Signing.OPTIONAL
    assert is_accepted(found.kind, found.message, with_secrets(found)) is trusted


@pytest.mark.parametrize("found", GENUINE, ids=lambda found: found.name)
def test_with_a_secret_what_is_not_signed_is_refused(found: SignedRequest) -> None:
    bare = Message(headers={}, body=found.message.body, url=found.message.url)
    assert not is_accepted(found.kind, bare, found.settings)


@pytest.mark.parametrize("found", GENUINE, ids=lambda found: found.name)
@pytest.mark.parametrize("value", ["", "v1=", "v1=ÿ", ",,,", "v1=" + "0" * 64, "v1", "0" * 64, "é"])
def test_odd_headers_are_refused(found: SignedRequest, value: str) -> None:
    headers = dict.fromkeys(found.message.headers, value)
    message = Message(headers=headers, body=found.message.body, url=found.message.url)
    assert not is_accepted(found.kind, message, found.settings)


@pytest.mark.parametrize(
    "kind", [kind for kind, found in FORMATS.items() if found.signing is Signing.NEVER]
)
def test_senders_that_cannot_sign_are_trusted_by_their_address(kind: SourceKind) -> None:
    assert is_accepted(kind, Message(headers={}, body=b"{}"), SourceSettings())
