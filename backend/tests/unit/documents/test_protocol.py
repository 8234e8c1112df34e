import json

import pycrdt
import pytest

from secondstory.documents.protocol import (
    Kind,
    Message,
    missing_frame,
    notice_frame,
    parse,
    presence_frame,
    saved_frame,
    state_frame,
    update_frame,
)
from secondstory.documents.wire import MalformedFrame, Reader, TooLarge

LIMIT = 1024


def test_frames_are_those_of_y_websocket() -> None:
    assert state_frame(b"sv") == pycrdt.create_sync_message(pycrdt.Doc())[:2] + b"\x02sv"
    assert missing_frame(b"u") == b"\x00\x01\x01u"
    assert update_frame(b"u") == pycrdt.create_update_message(b"u")
    assert presence_frame(b"a") == pycrdt.create_awareness_message(b"a")


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (state_frame(b"sv"), Message(Kind.STATE, b"sv")),
        (missing_frame(b"u"), Message(Kind.MISSING, b"u")),
        (update_frame(b"u"), Message(Kind.UPDATE, b"u")),
        (presence_frame(b"a"), Message(Kind.PRESENCE, b"a")),
        (b"\x03", Message(Kind.PRESENCE_QUERY, b"")),
    ],
)
def test_frames_are_understood(frame: bytes, message: Message) -> None:
    assert parse(frame, LIMIT) == message


@pytest.mark.parametrize(
    "frame",
    [b"", b"\x00", b"\x00\x03\x00", b"\x02\x00", b"\x64\x00", b"\x00\x02\x05abc", b"\x03\x00"],
    ids=["empty", "half", "sync 3", "auth", "notice", "cut", "more"],
)
def test_other_frames_are_refused(frame: bytes) -> None:
    with pytest.raises(MalformedFrame):
        parse(frame, LIMIT)


def test_long_frames_are_refused() -> None:
    with pytest.raises(TooLarge):
        parse(update_frame(b"x" * LIMIT), LIMIT)


def test_notices_are_json_in_frames_of_type_100() -> None:
    reader = Reader(notice_frame({"type": "change", "name": "é😀"}))
    assert reader.uint() == 100
    assert json.loads(reader.text()) == {"type": "change", "name": "é😀"}
    reader.finish()


def test_saved_carries_a_state_vector() -> None:
    reader = Reader(saved_frame({7: 5}, 3))
    reader.uint()
    assert json.loads(reader.text()) == {"type": "saved", "state_vector": "AQcF", "updates": 3}
