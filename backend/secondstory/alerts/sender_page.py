"""The page of the documentation that lists all senders, made from their formats."""

from collections.abc import Iterator

from secondstory.alerts.formats.contract import Format, SourceKind
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.severities import WORDS

_HEAD = """\
# Alert senders

Made from the code by `make openapi`; change it there (`backend/secondstory/alerts/formats/`).

A source is one sender: add it under **Settings → Alert sources**, which shows its address and these
steps with your own values in them. Whoever knows the address can send alerts with it and do nothing
else. Where a sender signs, the signature is checked over the exact bytes, in constant time, and
two secrets hold while one is exchanged for the other.

| sender | `kind` | proves itself by | an alert is known by | what its messages do | severity |
|---|---|---|---|---|---|
"""
_WORDS_HEAD = """\

## Words for severity

Upper and lower case are the same. P1 to P5, sev1 to sev5 and plain 1 to 5 mean what they say. A
source can map words of its own; a word that nobody knows gets the severity of the source.

| severity | words |
|---|---|
"""
_STEPS_HEAD = """
## Setting them up
"""


def sender_page() -> str:
    """Return the whole page as Markdown."""
    return "".join(_parts())


def _parts() -> Iterator[str]:
    yield _HEAD
    for format_ in FORMATS.values():
        yield _row(format_)
    yield _WORDS_HEAD
    for severity, words in WORDS.items():
        yield f"| {severity.value} | {', '.join(words)} |\n"
    yield _STEPS_HEAD
    for format_ in FORMATS.values():
        yield _section(format_)


def _row(format_: Format) -> str:
    guide = format_.guide
    cells = (guide.proof, guide.identifier, guide.lifecycle, guide.severities)
    told = " | ".join(cell.replace("|", "\\|") for cell in cells)
    return f"| {format_.label} | `{format_.kind.value}` | {told} |\n"


def _section(format_: Format) -> str:
    guide = format_.guide
    section = f"\n### {format_.label}\n\n{_filled(guide.steps, format_.kind).rstrip()}\n"
    if guide.snippet is None:
        return section
    snippet = _filled(guide.snippet, format_.kind).rstrip()
    return f"{section}\n```{guide.language}\n{snippet}\n```\n"


def _filled(text: str, kind: SourceKind) -> str:
    """Put examples where the settings page puts a source's own address and secret."""
    path = f"/api/v1/ingest/{kind.value}/<key>"
    if kind is SourceKind.PAGERDUTY_EVENTS_V2:
        path = "/v2/enqueue"
    address = f"https://second-story.example.com{path}"
    return text.replace("{address}", address).replace("{secret}", "<secret>")
