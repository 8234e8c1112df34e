"""From an HTTP request to the message a format reads."""

import zlib
from collections.abc import Iterable

from secondstory.alerts.formats.contract import Message
from secondstory.platform.problems import BodyTooLarge, Problem, UnsupportedMediaType

MAX_BYTES = 1024 * 1024
_MAGIC = b"\x1f\x8b"
# Each costs a copy of all that follows it; no sender cuts a megabyte into more.
_MAX_MEMBERS = 100


class SlowBody(Problem):
    status, code, title = 408, "slow_body", "The body did not come in time; please send it again"


def message_of(
    headers: Iterable[tuple[str, str]], body: bytes, limit: int = MAX_BYTES, url: str = ""
) -> Message:
    """Return the message of a request, unpacked.

    Raises `BodyTooLarge` (413) over the limit, packed or not, and `UnsupportedMediaType` (415)
    for a packing other than gzip. What only claims to be gzip, or is torn, is taken as it came.
    """
    lowered = {name.lower(): value for name, value in headers}
    if len(body) > limit:
        raise too_large(limit)
    encoding = lowered.get("content-encoding", "identity").strip().lower()
    if encoding in {"gzip", "x-gzip"}:
        return Message(lowered, _unpack(body, limit), url)
    if encoding not in {"identity", ""}:
        detail = "Send the body as it is, or packed with gzip."
        raise UnsupportedMediaType(detail)
    return Message(lowered, body, url)


def too_large(limit: int) -> BodyTooLarge:
    """Return the problem that names the limit."""
    return BodyTooLarge(f"At most {limit // 1024} KiB are taken here.")


def _unpack(body: bytes, limit: int) -> bytes:
    """Unpack the members of a gzip; what follows the last one is left out, as gzip does."""
    unpacked, rest = b"", body
    for _ in range(_MAX_MEMBERS):
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            # One byte more than allowed is enough to know; a bomb never gets to unfold.
            unpacked += unpacker.decompress(rest, limit + 1 - len(unpacked))
        except zlib.error:
            return body
        if len(unpacked) > limit:
            raise too_large(limit)
        if not unpacker.eof:
            return body
        rest = unpacker.unused_data
        if not rest.startswith(_MAGIC):
            return unpacked
    return body
