"""Read JSON that strangers send: any shape, any size of number, any text, never an exception."""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeVar

from pydantic import JsonValue

MAX_TITLE = 300
MAX_KEY = 500
MAX_WORD = 200
MAX_FACT = 2000
MAX_LINKS = 20
MAX_LINK = 2000
MAX_DETAILS = 40

# Longer digit runs stay text: int() refuses thousands of digits, and no id needs them as number.
_MAX_DIGITS = 40
_UNLIMITED = 2**31
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile(r"[\x01-\x1f\x7f\x85\u2028\u2029]+")
_LINK = re.compile(r"https?://[^\s/?#\x00-\x20\x7f][^\s\x00-\x20\x7f<>\"{}|\\^`]*", re.IGNORECASE)
# In a sentence, so without the mark that ends it.
_ADDRESS = re.compile(r"https?://[^\s<>\"]+(?<![.,;:!?)\]])")
_INGEST = "/api/v1/ingest/"
_EPOCH = re.compile(r"\d{9,19}(?:\.\d+)?", re.ASCII)
_CALENDAR = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d.*", re.ASCII)
# Go prints the zone after a blank, its name, and perhaps a second clock: ` +0000 UTC m=+1.5`.
_ZONE = re.compile(r" ([+-]\d{4})(?: .*)?$", re.ASCII)
_FIRST, _LAST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)

T = TypeVar("T")


def parse_json(body: bytes) -> JsonValue:
    """Return the JSON of a body or None; broken UTF-8 costs a character, not the alert."""
    try:
        parsed: JsonValue = json.loads(
            body.decode("utf-8-sig", errors="replace"),
            parse_int=lambda digits: int(digits) if len(digits) <= _MAX_DIGITS else digits,
            parse_constant=lambda _name: None,
        )
    except (ValueError, RecursionError):
        return None
    return parsed


def within(value: JsonValue, *path: str) -> JsonValue:
    """Return the member at `path`, None where the path ends early."""
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def items(value: JsonValue, *path: str) -> list[JsonValue]:
    """Return the list at `path`, or an empty one."""
    found = within(value, *path)
    return found if isinstance(found, list) else []


def contents(value: JsonValue, *path: str) -> list[JsonValue]:
    """Return what the object at `path` holds, without the names, or nothing."""
    found = within(value, *path)
    return list(found.values()) if isinstance(found, dict) else []


def text(value: JsonValue, *path: str, limit: int = MAX_WORD) -> str | None:
    """Return the one-line text at `path`; numbers count as text, empty text as none."""
    found = within(value, *path)
    if isinstance(found, bool):
        return "true" if found else "false"
    if not isinstance(found, str | int | float):
        return None
    return shorten(_CONTROL.sub(" ", storable(str(found))).strip(), limit) or None


def identity(value: JsonValue, *path: str) -> str | None:
    """Return the identifier at `path`; a long one keeps its beginning and stays unique."""
    found = text(value, *path, limit=_UNLIMITED)
    if found is None or len(found) <= MAX_KEY:
        return found
    return found[: MAX_KEY - 65] + "#" + hashlib.sha256(found.encode()).hexdigest()


def paragraph(value: JsonValue, *path: str, limit: int = MAX_FACT) -> str | None:
    """Return the text at `path` with its line breaks."""
    found = within(value, *path)
    return shorten(storable(found).strip(), limit) or None if isinstance(found, str) else None


def details(value: JsonValue, *path: str) -> dict[str, str]:
    """Return the plain members of the object at `path`, as text."""
    found = within(value, *path)
    if not isinstance(found, dict):
        return {}
    named = ((text(name), text(member)) for name, member in found.items())
    pairs = [(name, member) for name, member in named if name and member]
    return dict(pairs[:MAX_DETAILS])


def links(candidates: Iterable[JsonValue]) -> tuple[str, ...]:
    """Return the web addresses among `candidates`, each once.

    Not that of a source, which scripts may repeat in the body: its key is in it.
    """
    usable = (link for link in candidates if isinstance(link, str) and _INGEST not in link)
    stripped = (link.strip() for link in usable if len(link) <= MAX_LINK)
    found = dict.fromkeys(link for link in stripped if _LINK.fullmatch(link))
    return tuple(found)[:MAX_LINKS]


def addresses(sentence: str) -> list[str]:
    """Return the web addresses that a text mentions."""
    return _ADDRESS.findall(sentence)


def instant(value: JsonValue, *path: str) -> datetime | None:
    """Return the time at `path`: RFC 3339, or Unix seconds, milli-, micro- or nanoseconds.

    A time without zone is none: a guess would put the event hours away from where it belongs.
    So is one outside 1970 to 2200, such as the year 1 that stands for "not yet".
    """
    found = text(value, *path, limit=64)
    if found is None or isinstance(within(value, *path), bool):
        return None
    try:
        moment = _from_epoch(found) if _EPOCH.fullmatch(found) else _from_calendar(found)
    except (ValueError, OverflowError):
        return None
    return moment if moment is not None and _FIRST <= moment < _LAST else None


def first(candidates: Iterable[T]) -> T | None:
    """Return the first that is there and not empty."""
    return next((found for found in candidates if found), None)


def storable(value: str) -> str:
    """Replace what PostgreSQL text or UTF-8 cannot hold: NUL and lone surrogates."""
    return _UNSTORABLE.sub("\ufffd", value)


def shorten(value: str, limit: int) -> str:
    """Cut a text that is too long, and show that it was cut."""
    return value if len(value) <= limit else value[: limit - 1] + "…"


def _from_epoch(digits: str) -> datetime:
    seconds = float(digits)
    while seconds >= 1e11:  # noqa: PLR2004 - year 5138 in seconds: a finer unit
        seconds /= 1000
    return datetime.fromtimestamp(seconds, tz=UTC)


def _from_calendar(written: str) -> datetime | None:
    if not _CALENDAR.fullmatch(written):
        return None
    moment = datetime.fromisoformat(_ZONE.sub(r"\1", written).upper())
    return None if moment.tzinfo is None else moment.astimezone(UTC)
