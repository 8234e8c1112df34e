"""The envelope of Amazon SNS: what is signed, by whose certificate, and what may be visited.

Source of the rules: docs.aws.amazon.com, SNS "Verifying the signatures of Amazon SNS messages".
"""

import base64
import binascii
import re
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qs, urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from pydantic import JsonValue

from secondstory.alerts.formats.contract import Message, SignatureMismatch, SourceSettings
from secondstory.alerts.formats.values import parse_json, within

# The names of what is signed, in their order; `Subject` only where there is one.
_NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_CONFIRMATION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
_SIGNED: Mapping[JsonValue, tuple[str, ...]] = {
    "Notification": _NOTIFICATION,
    "SubscriptionConfirmation": _CONFIRMATION,
    "UnsubscribeConfirmation": _CONFIRMATION,
}
_DIGESTS: Mapping[JsonValue, type[hashes.SHA1 | hashes.SHA256]] = {
    "1": hashes.SHA1,
    "2": hashes.SHA256,
}
_HOST = re.compile(r"sns\.[a-z]{2}[a-z0-9-]{1,30}\.amazonaws\.com(?:\.cn)?", re.ASCII)
# RSA with 1024 bits; messages that nobody signed are refused before anything is fetched.
_SHORTEST_SIGNATURE = 128
_TOKENS = re.compile(r'("Token"\s*:\s*"|[?&](?:Token|SubscriptionArn)=)[^"&\s]*')


def certificate_url(message: Message) -> str:
    """Return where the certificate is, on a host of SNS. Raises `SignatureMismatch`."""
    envelope = _envelope(message)
    url = envelope.get("SigningCertURL")
    parts = _of_sns(url)
    if parts is None or parts.query or not parts.path.endswith(".pem"):
        raise SignatureMismatch
    _signature(envelope)
    return str(url)


def confirm_url(message: Message) -> str | None:
    """Return what to visit so that the topic delivers here; None where nothing is to be confirmed.

    The end of a subscription has such an address too: visiting it would begin it again.
    """
    body = parse_json(message.body)
    url = within(body, "SubscribeURL")
    if within(body, "Type") != "SubscriptionConfirmation" or not isinstance(url, str):
        return None
    parts = _of_sns(url)
    if parts is None:
        return None
    asked = parse_qs(parts.query)
    confirms = asked.get("Action") == ["ConfirmSubscription"]
    return url if confirms and asked.get("TopicArn") == [within(body, "TopicArn")] else None


def verify(message: Message, settings: SourceSettings) -> None:
    """Check `Signature` with the certificate that was fetched. Raises `SignatureMismatch`."""
    certificate_url(message)
    envelope = _envelope(message)
    digest = _DIGESTS.get(_text(envelope, "SignatureVersion"))
    if settings.certificate is None or digest is None:
        raise SignatureMismatch
    try:
        key = x509.load_pem_x509_certificate(settings.certificate.encode()).public_key()
        if not isinstance(key, RSAPublicKey):
            raise SignatureMismatch
        key.verify(_signature(envelope), _signed(envelope), PKCS1v15(), digest())
    except (ValueError, InvalidSignature, UnsupportedAlgorithm) as error:
        raise SignatureMismatch from error


def redact(body: str) -> str:
    """Take out what would let a reader confirm or end the subscription."""
    return _TOKENS.sub(r"\1…", body)


def _envelope(message: Message) -> dict[str, JsonValue]:
    body = parse_json(message.body)
    if not isinstance(body, dict):
        raise SignatureMismatch
    return body


def _signed(envelope: dict[str, JsonValue]) -> bytes:
    names = _SIGNED.get(_text(envelope, "Type"))
    if names is None:
        raise SignatureMismatch
    present = [name for name in names if name != "Subject" or envelope.get(name) is not None]
    return "".join(f"{name}\n{_text(envelope, name)}\n" for name in present).encode()


def _text(envelope: dict[str, JsonValue], name: str) -> str:
    value = envelope.get(name)
    if not isinstance(value, str):
        raise SignatureMismatch
    return value


def _signature(envelope: dict[str, JsonValue]) -> bytes:
    try:
        signature = base64.b64decode(_text(envelope, "Signature"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignatureMismatch from error
    if len(signature) < _SHORTEST_SIGNATURE:
        raise SignatureMismatch
    return signature


def _of_sns(url: JsonValue) -> SplitResult | None:
    """Return the parts of an address on a host of SNS, None for any other address."""
    if not isinstance(url, str) or not url.isascii() or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
        usual = parts.port in {None, 443} and parts.username is None
    except ValueError:
        return None
    sure = usual and parts.scheme == "https" and _HOST.fullmatch(parts.hostname or "")
    return parts if sure and "\\" not in url and " " not in url else None
