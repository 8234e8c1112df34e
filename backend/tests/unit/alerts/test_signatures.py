"""A signature is checked over the exact bytes, with two secrets at once while rotating."""

import pytest

from secondstory.alerts.formats.contract import (
    Message,
    SignatureMismatch,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.registry import FORMATS
from tests.fixtures.alerts.corpus import SignedRequest, signed_requests


def is_accepted(kind: SourceKind, message: Message, *secrets: str) -> bool:
    try:
        FORMATS[kind].verify(message, SourceSettings(secrets=secrets))
    except SignatureMismatch:
        return False
    return True


@pytest.mark.parametrize("request_", signed_requests(), ids=lambda found: found.name)
def test_signature_vector(request_: SignedRequest) -> None:
    assert is_accepted(request_.kind, request_.message, request_.secret) is request_.valid


def test_either_of_two_secrets_is_enough() -> None:
    genuine = next(found for found in signed_requests() if found.valid)
    assert is_accepted(genuine.kind, genuine.message, "a new one", genuine.secret)
    assert not is_accepted(genuine.kind, genuine.message, "a new one", "another one")


def test_a_source_without_secret_accepts_nothing_signed() -> None:
    genuine = next(found for found in signed_requests() if found.valid)
    assert not is_accepted(genuine.kind, genuine.message)


@pytest.mark.parametrize("header", ["", "v1=", "v1=ÿ", ",,,", "v1=" + "0" * 64, "v1"])
def test_odd_headers_are_refused(header: str) -> None:
    message = Message(headers={"x-pagerduty-signature": header}, body=b"{}")
    assert not is_accepted(SourceKind.PAGERDUTY_V3, message, "secret")


@pytest.mark.parametrize("kind", [kind for kind, found in FORMATS.items() if not found.signed])
def test_senders_that_cannot_sign_are_trusted_by_their_address(kind: SourceKind) -> None:
    assert is_accepted(kind, Message(headers={}, body=b"{}"))
