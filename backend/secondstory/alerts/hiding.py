"""Taking a source's own key and secrets out of its messages before a person sees them."""

import re
from collections.abc import Iterable

# Proxies and browsers repeat an address in headers, senders in bodies: JSON with `\/`, forms with
# `%2F`. By its form, because of a key that was exchanged only the hash is known.
_SLASH = r"(?:\\?/|%2[Ff])"
_PATTERN = rf"({_SLASH}ingest{_SLASH}[a-z0-9_]{{1,40}}{_SLASH})[A-Za-z0-9_-]+"
_ADDRESS, _ADDRESS_IN_BYTES = re.compile(_PATTERN), re.compile(_PATTERN.encode())


def hide(text: str, secrets: Iterable[str | None]) -> str:
    """Return a text without those secrets, and without the key in any address to send alerts to."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "…")
    return _ADDRESS.sub(r"\1…", text)


def hide_addresses(body: bytes) -> bytes:
    """Return a body without the key in any address to send alerts to."""
    # Hardly any has one, and this is on the way of a storm.
    if b"ingest" not in body:
        return body
    return _ADDRESS_IN_BYTES.sub(rb"\1" + "…".encode(), body)
