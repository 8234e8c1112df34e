"""Passages as text: writing new ones, changing only what differs, reading them back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from pycrdt import Doc, Text, TransactionEvent

from secondstory.documents.updates import SERVER_CLIENT, utf16_length
from secondstory.documents.wire import write_text, write_uint

# Texts are compared word by word; with more words than this line by line, then as a whole: the
# comparison is quadratic at its worst (some 40 ms for 1,000 shuffled words).
_MAX_PIECES: Final = 1000
_WORDS = re.compile(r"\s+|\w+|.", re.DOTALL)
_WORD = re.compile(r"\w")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")

# A string block right at the start of a root: content 4, no neighbours, parent by name.
_NEW_ROOT_STRING = b"\x04\x01"


class Written(NamedTuple):
    """An update by the server, if there was anything to write, and the server's clock after it."""

    update: bytes | None
    clock: int


class Edit(NamedTuple):
    """Replace the characters `start:end` of a text."""

    start: int
    end: int
    text: str


def storable(text: str) -> str:
    """Replace what PostgreSQL or UTF-8 cannot hold: NUL, and halves of surrogate pairs."""
    return _UNSTORABLE.sub("\ufffd", text)


def new_texts(texts: Mapping[str, str], clock: int) -> Written:
    """Encode passages that do not exist yet, without loading the document.

    `clock` is the server's clock in that document; the caller holds the lock that guards it.
    """
    blocks = [(name, text) for name, text in texts.items() if text]
    if not blocks:
        return Written(None, clock)
    update = b"\x01" + write_uint(len(blocks)) + write_uint(SERVER_CLIENT) + write_uint(clock)
    for name, text in blocks:
        update += _NEW_ROOT_STRING + write_text(name) + write_text(text)
        clock += utf16_length(text)
    return Written(update + b"\x00", clock)


def open_document(updates: Iterable[bytes], *, client_id: int | None = None) -> "Doc[Text]":
    """Build a document from its log."""
    doc: Doc[Text] = Doc(client_id=client_id)
    with doc.transaction():
        for update in updates:
            doc.apply_update(update)
    return doc


def revise(doc: "Doc[Text]", texts: Mapping[str, str]) -> bytes | None:
    """Make passages read as given by changing only what differs; return the update, if any.

    Carets and words of others outside the changed places stay where they are.
    """
    produced: list[bytes] = []

    def keep(event: TransactionEvent) -> None:
        produced.append(event.update)

    subscription = doc.observe(keep)
    with doc.transaction():
        for name, new in texts.items():
            text = doc.get(name, type=Text)
            _apply_edits(text, str(text), new)
    doc.unobserve(subscription)
    return produced[0] if produced else None


def _apply_edits(text: Text, old: str, new: str) -> None:
    # Back to front, so that earlier positions stay valid. pycrdt counts in UTF-8 bytes.
    for edit in reversed(list(edits(old, new))):
        start = len(old[: edit.start].encode())
        end = start + len(old[edit.start : edit.end].encode())
        if end > start:
            del text[start:end]
        if edit.text:
            text.insert(start, edit.text)


def edits(old: str, new: str, *, whole_words: bool = False) -> Iterator[Edit]:
    """Yield the places where two texts differ, in order, not overlapping."""
    common = _common_words if whole_words else _common_start
    start = common(old, new)
    tail = common(old[start:][::-1], new[start:][::-1])
    old_middle = old[start : len(old) - tail]
    new_middle = new[start : len(new) - tail]
    if not old_middle and not new_middle:
        return
    old_pieces, new_pieces = _pieces(old_middle, new_middle)
    matcher = SequenceMatcher(None, old_pieces, new_pieces, autojunk=False)
    at = start
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        end = at + sum(map(len, old_pieces[i1:i2]))
        if kind != "equal":
            yield Edit(at, end, "".join(new_pieces[j1:j2]))
        at = end


def _common_start(left: str, right: str) -> int:
    shorter = min(len(left), len(right))
    if left[:shorter] == right[:shorter]:
        return shorter
    low, high = 0, shorter
    while high - low > 1:
        middle = (low + high) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _common_words(left: str, right: str) -> int:
    """Do not end within a word: 40 and 43 have nothing in common."""
    end = _common_start(left, right)
    if _is_word(left[end : end + 1]) or _is_word(right[end : end + 1]):
        while end and _is_word(left[end - 1]):
            end -= 1
    return end


def _is_word(character: str) -> bool:
    return _WORD.match(character) is not None


def _pieces(old: str, new: str) -> tuple[list[str], list[str]]:
    for pattern in (_WORDS, _LINES):
        pieces = pattern.findall(old), pattern.findall(new)
        if max(map(len, pieces)) <= _MAX_PIECES:
            return pieces
    return [old], [new]


def texts_of(doc: "Doc[Text]") -> dict[str, Text]:
    """Return the passages of a document by name."""
    return {name: doc.get(name, type=Text) for name in list(doc.keys())}
