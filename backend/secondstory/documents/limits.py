"""How much one document, room and connection may take."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """All bounds of the live channel in one place. Docs: docs/decisions/0004-live-channel.md."""

    frame_bytes: int = 1024 * 1024
    document_bytes: int = 4 * 1024 * 1024
    peers_per_room: int = 512

    unsent_frames: int = 1024
    """A peer that has not taken this many frames, or bytes, is sent away to come back later."""
    unsent_bytes: int = 16 * 1024 * 1024
    unstored_bytes: int = 1024 * 1024
    """With more than this waiting for the database, a room stops reading from its peers."""

    beat_seconds: float = 0.018
    """A busy room takes in and passes on this often; a quiet one at once."""
    renew_seconds: float = 12.0
    """Who has not said for so long that they are still here is renewed by the room."""
    silent_seconds: float = 36.0
    """Who is in another process and was not renewed for so long is not there any more."""
    company_seconds: float = 2.0
    """What only says "still here" waits this long for company."""

    keep_seconds: float = 0.6
    """Passages follow the log after this time; DOMAIN promises a second."""
    takeover_seconds: float = 1.5
    """Passages that lag longer than this were owed by a process that died: others show them."""
    linger_seconds: float = 30.0
    """An empty room stays in memory for people who reload."""
    snapshot_updates: int = 500
    """A snapshot is taken when loading would have to read more updates than this."""
    recheck_seconds: float = 15.0
    """How often open rooms are compared with the log, should a notification have been missed."""
    shutdown_seconds: float = 5.0
