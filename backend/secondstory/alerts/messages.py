"""From an HTTP request to the message a format reads."""

import zlib
from collections.abc import Iterable

from secondstory.alerts.formats.contract import Message
from secondstory.platform.problems import BodyTooLarge, Problem, UnsupportedMediaType

MAX_BYTES = 1024 * 1024


class SlowBody(Problem):
    status, code, title = 408, "slow_body", "The body did not come in time; please send it again"


def message_of(
    headers: Iterable[tuple[str, str]], body: bytes, limit: int = MAX_BYTES, url: str = ""
) -> Message:
    """Return the message of a request, unpacked.

    Raises `BodyTooLarge` (413) over the limit, packed or not, and `UnsupportedMediaType` (415)
    for a packing other than gzip. What only claims to be gzip is taken as it came.
    """
    lowered = {name.lower(): value for name, value in headers}
    if len(body) > limit:
        raise too_large(limit)
    encoding = lowered.get("content-encoding", "identity").strip().lower()
    if encoding == "gzip":
        return Message(lowered, _unpack(body, limit), url)
    if encoding not in {"identity", ""}:
        detail = "Send the body as it is, or packed with gzip."
        raise UnsupportedMediaType(detail)
    return Message(lowered, body, url)


def too_large(limit: int) -> BodyTooLarge:
    """Return the problem that names the limit."""
    return BodyTooLarge(f"At most {limit // 1024} KiB are taken here.")


def _unpack(body: bytes, limit: int) -> bytes:
    # One byte more than allowed is enough to know; a bomb never gets to unfold.
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacker.decompress(body, limit + 1)
    except zlib.error:
        return body
    if len(unpacked) > limit:
        raise too_large(limit)
    return unpacked
