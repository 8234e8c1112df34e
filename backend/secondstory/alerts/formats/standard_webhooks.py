"""The signature of Standard Webhooks, which Svix sends for its customers.

Source of the rules: standard-webhooks/standard-webhooks, spec/standard-webhooks.md, and
docs.svix.com/receiving/verifying-payloads. Signed is `<id>.<timestamp>.<body>`.
"""

import base64
import hashlib
import hmac
from datetime import timedelta

from secondstory.alerts.formats.contract import (
    Message,
    SignatureMismatch,
    SourceSettings,
    any_equal,
)
from secondstory.alerts.formats.values import instant

TOLERANCE = timedelta(minutes=5)
PREFIX = "whsec_"

_MAX_SIGNATURES = 10


def header(message: Message, name: str) -> str:
    """Return `webhook-<name>`, or `svix-<name>` as it was called before."""
    headers = message.headers
    return headers.get(f"webhook-{name}") or headers.get(f"svix-{name}") or ""


def verify(message: Message, settings: SourceSettings) -> None:
    """Check that one of several signatures is ours, and not older than five minutes.

    Raises `SignatureMismatch`.
    """
    message_id, timestamp = header(message, "id"), header(message, "timestamp")
    sent_at = instant(timestamp)
    if not message_id or sent_at is None or abs(settings.now - sent_at) > TOLERANCE:
        raise SignatureMismatch
    signed = f"{message_id}.{timestamp}.".encode() + message.body
    offered = header(message, "signature").split()[:_MAX_SIGNATURES]
    if not any_equal(offered, [_sign(secret, signed) for secret in settings.secrets]):
        raise SignatureMismatch


def _sign(secret: str, signed: bytes) -> str:
    found = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(found).decode()


def _key(secret: str) -> bytes:
    """Return the key of a secret; one that is not base64 was not made by Svix, and is the key."""
    encoded = secret.removeprefix(PREFIX)
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError:
        return encoded.encode()
