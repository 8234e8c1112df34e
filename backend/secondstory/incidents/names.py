"""Names of an incident: its key and its channel."""

import re
import unicodedata
from datetime import UTC, datetime

# Chat tools take lower-case letters, digits and hyphens, at most 80 of them.
LONGEST_CHANNEL = 80
# Room for the number that tells two channels of one day apart.
_LONGEST_BASE = LONGEST_CHANNEL - 12
_KEY = re.compile(r"(?:INC-)?(\d{1,18})", re.IGNORECASE)


def slugify(text: str) -> str:
    """Return `text` as lower-case ASCII words joined by hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def channel_name(started_at: datetime, words: str) -> str:
    """Return `MM-DD-YYYY-rca-slug`; a long slug is cut, never the date."""
    date = started_at.astimezone(UTC).strftime("%m-%d-%Y")
    return f"{date}-rca-{slugify(words) or 'incident'}"[:_LONGEST_BASE].rstrip("-")


def incident_key(number: int) -> str:
    """Return `INC-42` for 42."""
    return f"INC-{number}"


def incident_number(key: str) -> int | None:
    """Return 42 for `INC-42`, None for what is no key."""
    match = _KEY.fullmatch(key)
    return int(match[1]) if match else None
