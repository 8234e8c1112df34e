"""What senders' words for severity mean to us: sev1 is worst."""

import re
from collections.abc import Iterable, Mapping

from secondstory.incidents.models import Severity

WORDS: Mapping[Severity, tuple[str, ...]] = {
    Severity.SEV1: ("critical", "crit", "fatal", "emergency", "emerg", "disaster", "page", "alert"),
    Severity.SEV2: ("error", "err", "high", "major", "severe", "urgent"),
    Severity.SEV3: ("warning", "warn", "medium", "average", "moderate"),
    Severity.SEV4: ("low", "minor", "ticket"),
    Severity.SEV5: ("info", "informational", "information", "notice", "debug", "none", "ok"),
}
_BY_WORD = {word: severity for severity, words in WORDS.items() for word in words}
# P1, sev-2, "Severity 3", 4. Who counts from P0 means the worst by it; a bare 0 may mean anything.
_NUMBERED = re.compile(r"(?:p|s|sev|severity|prio|priority)[ _-]?([0-5])|([1-5])", re.ASCII)


def severity_of(raw: str | None, own: Mapping[str, Severity] | None = None) -> Severity | None:
    """Return what a sender's word or number means; None where it means nothing to us.

    `own` are the words of this one source; upper and lower case are the same.
    """
    if raw is None:
        return None
    word = raw.strip().casefold()
    for known, severity in (own or {}).items():
        if known.casefold() == word:
            return severity
    numbered = _NUMBERED.fullmatch(word)
    if numbered is None:
        return _BY_WORD.get(word)
    return Severity(f"sev{max('1', numbered[1] or numbered[2])}")


def worst(raws: Iterable[str | None]) -> str | None:
    """Return the worst of several words; one we cannot place only if there is no other."""
    present = [raw for raw in raws if raw]
    return min(present, key=lambda raw: severity_of(raw) or "unknown", default=None)
