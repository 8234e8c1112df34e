"""Bodies that users lay out themselves: their members, wherever they stand."""

import re

from pydantic import JsonValue

_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


def flattened(body: JsonValue) -> dict[str, JsonValue]:
    """Return the members of all objects in `body` by their plain names, the outer ones first.

    `CHECK_ID`, `checkId` and `check: {id: …}` are all `checkid`. Lists are not looked into.
    """
    found: dict[str, JsonValue] = {}
    for above, name, member in _members(body):
        found.setdefault(name, member)
        found.setdefault(above + name, member)
    return found


def sentences(body: JsonValue) -> list[str]:
    """Return the texts of all objects in `body`; those in lists are not among them."""
    return [member for _above, _name, member in _members(body) if isinstance(member, str)]


def _members(body: JsonValue) -> list[tuple[str, str, JsonValue]]:
    """Return each member with its plain name and that of the object it stands in."""
    found = [("", "", body)]
    for _above, outer, value in found:
        if isinstance(value, dict):
            found.extend(
                (outer, _BETWEEN_WORDS.sub("", name.lower()), member)
                for name, member in value.items()
            )
    return found[1:]
