"""Frames as nobody sends them: real ones, broken in every way that bytes can break."""

import json
from random import Random

from pycrdt import Array, Doc, Map, Text, XmlFragment

from secondstory.documents.protocol import (
    missing_frame,
    presence_frame,
    state_frame,
    update_frame,
)
from secondstory.documents.wire import write_blob, write_text, write_uint
from tests.unit.documents.doubles import Person, writing

PASSAGE = "whys/0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e/answer"
_WORDS = ("a", "bc", "é", "😀", "x😀y", "The ded went down. ")
_NUMBERS = (0, 1, 127, 128, 2**31 - 1, 2**31, 2**32, 2**53 - 1, 2**53, 2**63, 2**70)


def presence(*states: tuple[int, int, str]) -> bytes:
    """An awareness frame of clients, clocks and states."""
    entries = (
        write_uint(client) + write_uint(at) + write_text(text) for client, at, text in states
    )
    return presence_frame(write_uint(len(states)) + b"".join(entries))


def seeds(rng: Random) -> list[bytes]:
    """Frames as Yjs clients send them, and those that other libraries might."""
    people = [Person(number) for number in (1001, 1002)]
    updates: list[bytes] = []
    for _ in range(30):
        person = rng.choice(people)
        now = str(person.text)
        at = rng.randrange(len(now) + 1)
        if now[at:] and rng.random() < 0.3:
            end = min(len(now), at + 3)
            del person.text[len(now[:at].encode()) : len(now[:end].encode())]
        else:
            person.text.insert(len(now[:at].encode()), rng.choice(_WORDS))
        updates += person.outbox
        person.outbox.clear()
        if rng.random() < 0.5:
            for other in people:
                other.apply(person.doc.get_update(other.doc.get_state()))
    whole = people[0].doc
    return [
        *map(update_frame, updates),
        *(missing_frame(update) for update in (b"\x00\x00", whole.get_update(), *updates[:3])),
        *(state_frame(state) for state in (b"\x00", whole.get_state(), people[1].doc.get_state())),
        presence((1001, 0, "{}"), (1002, 5, '{"user": {"name": "Ada"}}')),
        presence((1001, 6, "null")),
        b"\x03",
        *map(update_frame, _foreign()),
        *_extremes(),
    ]


def _foreign() -> list[bytes]:
    """Updates that are no plain text, or stand where none may."""
    shared = (Map({"a": 1, "t": Text("x")}), Array([1, Map({})]), XmlFragment(), Text("x"))
    found = []
    for number, kind in enumerate(shared):
        doc: Doc[object] = Doc(client_id=2000 + number)
        doc["summary" if number < 3 else "secrets"] = kind  # type: ignore[assignment]  # what we refuse
        found.append(doc.get_update())
    bold: Doc[Text] = Doc(client_id=2010)
    bold["summary"] = text = Text("bold")
    text.format(0, 4, {"bold": True})
    text.insert_embed(2, {"image": "x"})
    return [*found, bold.get_update()]


def _extremes() -> list[bytes]:
    """Much promised and little given; deep, far, and huge."""
    deep = '{"a":' * 2500 + "1" + "}" * 2500
    far = b"\x01\x01" + write_uint(3000) + write_uint(2**31 - 1)
    return [
        *(b"\x00\x02" + write_blob(write_uint(count)) for count in _NUMBERS),
        *(b"\x00\x02" + write_blob(b"\x01" + write_uint(count) + b"\x07") for count in _NUMBERS),
        *(b"\x00\x02" + write_blob(b"\x00\x01\x07" + write_uint(count)) for count in _NUMBERS),
        *(b"\x01" + write_blob(write_uint(count)) for count in _NUMBERS),
        *(b"\x00\x00" + write_blob(write_uint(count)) for count in _NUMBERS),
        presence((3000, 1, deep)),
        presence((3000, 1, "[" * 5000)),
        presence((3000, 2**53 - 1, "{}")),
        presence(*((client, 1, "{}") for client in range(4000, 4100))),
        presence((3000, 1, '{"big": "' + "x" * 9000 + '"}')),
        presence((3000, 1, '{"n": NaN}'), (3001, 1, json.dumps(10**40))),
        update_frame(far + b"\x04\x01" + write_text("summary") + write_text("x") + b"\x00"),
        update_frame(writing("👩‍👩‍👧" * 2000, 3001, PASSAGE)),
        update_frame(writing("\x00\u202e\ufeff", 3002, PASSAGE)),
        b"",
        b"\x00",
        b"\x64\x02{}",
        b"\xff" * 40,
    ]


def mutated(rng: Random, frame: bytes, others: list[bytes]) -> bytes:
    """Break a frame in one to three places; its length is put right again now and then."""
    broken = bytearray(frame)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        at = rng.randrange(len(broken) + 1)
        match rng.randrange(7):
            case 0 if at < len(broken):
                broken[at] ^= 1 << rng.randrange(8)
            case 1 if at < len(broken):
                broken[at] = rng.randrange(256)
            case 2:
                del broken[at:]
            case 3:
                other = rng.choice(others)
                broken[at:] = other[rng.randrange(len(other) + 1) :]
            case 4:
                broken[at : at + 1] = write_uint(rng.choice(_NUMBERS))
            case 5:
                broken[at:at] = broken[at : at + rng.randrange(1, 9)]
            case _:
                del broken[at : at + rng.randrange(1, 4)]
    body = bytes(broken[2:])
    if rng.random() < 0.5 and body:
        # Otherwise most would fail at the length, and never get further.
        return bytes(broken[:2]) + write_blob(body[1:])
    return bytes(broken)
