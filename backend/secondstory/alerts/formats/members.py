"""Bodies that people lay out themselves: members are found however they are spelled and nested.

Templates name their members after the sender's variables, each in its own way: what one calls
`EVENT.UPDATE.STATUS` is `eventUpdateStatus`, `event_update_status` or `event: {update: {status`
elsewhere. Here they are all one, `eventupdatestatus`.
"""

import re
from collections.abc import Collection, Iterable

from pydantic import JsonValue

from secondstory.alerts.formats.values import (
    MAX_FACT,
    MAX_TITLE,
    first,
    identity,
    paragraph,
    text,
)

_MAX_DEPTH = 3
_MAX_MEMBERS = 1000
_MARKS = re.compile(r"[^a-z0-9]+")
_NEVER = re.compile(r"(?!)")
# Not what a chat shows beside a message.
_PAGE = re.compile(r"(?!.*(?:icon|avatar|logo)).*(?:url|link|snapshot)")
# What says nothing without the name of the object it stands in.
_VAGUE = frozenset({"id", "name", "type", "status", "state", "value", "url", "title"})


def plain(name: str) -> str:
    """Return a name without what people spell differently."""
    return _MARKS.sub("", name.lower())


def members(
    body: JsonValue, unset: re.Pattern[str] = _NEVER, vague: Collection[str] = _VAGUE
) -> dict[str, JsonValue]:
    """Return the members of an object and of those inside it, by their plain names.

    Inner ones have the names of the objects around them before their own, all of them and fewer:
    `{"alert": {"monitor": {"page": …` is `alertmonitorpage`, `monitorpage` and `page`, but an `id`
    there, which is vague, is no `id` of the whole; it is where senders know of one thing only and
    `vague` is empty. What stands further out counts first. Left out is what has no value, also
    where the sender left a variable, which `unset` matches, as it was written. Lists are not looked
    into.
    """
    found: dict[str, JsonValue] = {}
    layer: list[tuple[tuple[str, ...], JsonValue]] = [((), body)]
    for depth in range(_MAX_DEPTH):
        entries = [
            ((*path, plain(name)), value)
            for path, owner in layer
            if isinstance(owner, dict)
            for name, value in owner.items()
        ][:_MAX_MEMBERS]
        present = [entry for entry in entries if not _is_missing(entry[1], unset)]
        for start in range(depth + 1):
            for path, value in present:
                if not (start and path[start:] == path[-1:] and path[-1] in vague):
                    found.setdefault("".join(path[start:]), value)
        layer = [(path, value) for path, value in entries if isinstance(value, dict)]
    return found


def said(found: JsonValue, names: Iterable[str], limit: int = MAX_TITLE) -> str | None:
    """Return the first of several members that has a text, as one line."""
    return first(text(found, plain(name), limit=limit) for name in names)


def written(found: JsonValue, names: Iterable[str], limit: int = MAX_FACT) -> str | None:
    """Return the first of several members that has a text, with its line breaks."""
    return first(paragraph(found, plain(name), limit=limit) for name in names)


def tied(found: JsonValue, names: Iterable[str]) -> str | None:
    """Return the first of several members that has an identifier."""
    return first(identity(found, plain(name)) for name in names)


def texts(found: dict[str, JsonValue]) -> list[str]:
    """Return all texts among the members, each once."""
    return list(dict.fromkeys(value for value in found.values() if isinstance(value, str)))


def pages(found: dict[str, JsonValue]) -> list[JsonValue]:
    """Return what stands in members, or lists, that are named as pages are."""
    named = [value for name, value in found.items() if _PAGE.fullmatch(name)]
    return [page for value in named for page in (value if isinstance(value, list) else [value])]


def _is_missing(value: JsonValue, unset: re.Pattern[str]) -> bool:
    """Say whether there is nothing; an object counts by its members only."""
    if isinstance(value, str):
        return not unset.sub("", value).strip()
    return value is None or isinstance(value, dict)
