"""Fields of an HTML form, for senders that wrap their JSON in one or send no JSON at all.

Source of the rules: url.spec.whatwg.org (urlencoded) and RFC 7578 (multipart).
"""

import re
from urllib.parse import parse_qsl

from secondstory.alerts.formats.contract import Message

_MAX_FIELDS = 100
_BOUNDARY = re.compile(r"boundary=(?:\"([^\"]{1,200})\"|([^\s;,]{1,200}))", re.IGNORECASE)
_NAME = re.compile(rb"[;\s]name=\"([^\"\r\n]{0,200})\"", re.IGNORECASE)


def form_fields(message: Message) -> dict[str, str]:
    """Return the fields of a form, each by its first value; nothing for what is no form."""
    content_type = message.headers.get("content-type", "")
    if "x-www-form-urlencoded" in content_type.lower():
        return _urlencoded(message.body)
    if "multipart/form-data" in content_type.lower():
        return _multipart(content_type, message.body)
    return {}


def _urlencoded(body: bytes) -> dict[str, str]:
    written = body.decode(errors="replace")
    try:
        pairs = parse_qsl(written, keep_blank_values=True, max_num_fields=_MAX_FIELDS)
    except ValueError:
        return {}
    return dict(reversed(pairs))


def _multipart(content_type: str, body: bytes) -> dict[str, str]:
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        return {}
    mark = b"--" + (boundary[1] or boundary[2]).encode()
    fields: dict[str, str] = {}
    for part in body.split(mark, _MAX_FIELDS)[1:]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        if name:
            value = content.removesuffix(b"\r\n").decode(errors="replace")
            fields.setdefault(name[1].decode(errors="replace"), value)
    return fields
