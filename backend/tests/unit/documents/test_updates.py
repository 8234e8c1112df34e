import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text

from secondstory.documents.passages import UnknownPassage, check_name
from secondstory.documents.updates import Clocks, Contents, ForeignContent, Id, Run, inspect
from secondstory.documents.wire import MalformedFrame, write_blob, write_text, write_uint
from tests.unit.documents.doubles import Person, writing

WHY = "whys/0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e/answer"


def block(info: int, *parts: bytes, client: int = 7, clock: int = 0) -> bytes:
    """An update of one block."""
    head = write_uint(1) + write_uint(1) + write_uint(client) + write_uint(clock)
    return head + bytes((info,)) + b"".join(parts) + b"\x00"


@pytest.mark.parametrize("name", ["summary", WHY, WHY.replace("whys", "takeaways")[:-6] + "text"])
def test_passage_names(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["", "Summary", "summary\n", "events/1/text", WHY.upper(), WHY + "/x", "whys//answer", "notes"],
)
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(UnknownPassage):
        inspect(writing("x", name=name))


def test_contents_of_a_first_text() -> None:
    contents = inspect(writing("Hé😀", name=WHY))
    assert contents == Contents(
        runs=[Run(7, 0, 4)], passages={WHY}, adds_text=True, halves=[Id(7, 3)]
    )


def test_contents_of_typing_and_deleting() -> None:
    person = Person(7)
    person.text += "abc"
    person.text.insert(1, "X")
    del person.text[0:2]
    first, typing, deleting = map(inspect, person.outbox)
    assert (first.passages, typing.passages) == ({"summary"}, set())
    assert (typing.runs, typing.needs) == ([Run(7, 3, 4)], {7: 2})
    assert typing.edges == [Id(7, 1), Id(7, 1)]
    assert deleting.needs == {7: 4}
    assert deleting.edges == [Id(7, 0), Id(7, 1), Id(7, 3), Id(7, 4)]


@pytest.mark.parametrize("shared", [Map({"a": 1}), Array([1]), Array([Text("x")])])
def test_anything_but_text_is_refused(shared: Map | Array) -> None:
    doc: Doc[Map | Array] = Doc()
    doc["summary"] = shared
    with pytest.raises(ForeignContent):
        inspect(doc.get_update())


def test_formats_and_embeds_are_refused() -> None:
    doc: Doc[Text] = Doc()
    doc["summary"] = text = Text("bold")
    text.format(0, 4, {"bold": True})
    with pytest.raises(ForeignContent):
        inspect(doc.get_update())


NAME = b"\x01" + write_text("summary")


@pytest.mark.parametrize(
    "update",
    [
        block(0x04, b"\x00", write_uint(7), write_uint(1), write_text("x")),
        block(0x24, NAME, write_text("key"), write_text("x")),
        block(0x04, NAME, write_text("")),
        block(0x01, NAME, write_uint(0)),
        block(0x00, write_uint(0)),
        block(0x84, write_uint(7), write_uint(0), write_text("x")),
        block(0xC4, write_uint(8), write_uint(0), write_uint(8), write_uint(0), write_text("x")),
        block(0x80, write_uint(1)),
        block(0x00, write_uint(2**32)),
        block(0x04, NAME, write_text("x"), clock=2**31),
        block(0x04, NAME, write_blob(b"\xc3\x28")),
        b"\x00\x01\x07\x01\x00" + write_uint(2**32),
        writing("x") + b"\x00",
        writing("x")[:-3],
        b"",
    ],
    ids=[
        "inside another block",
        "in a map",
        "empty string",
        "nothing deleted",
        "nothing gone",
        "after itself",
        "between one and the same",
        "gone, with a neighbour",
        "too long",
        "too late",
        "not UTF-8",
        "deletes too much",
        "more",
        "cut",
        "empty",
    ],
)
def test_odd_updates_are_refused(update: bytes) -> None:
    with pytest.raises(MalformedFrame):
        inspect(update)


@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_mutated_updates_raise_nothing_else(rng: random.Random, mutations: int) -> None:
    update = bytearray(writing("Hello 😀 world", name=WHY))
    for _ in range(mutations):
        update[rng.randrange(len(update))] = rng.randrange(256)
    try:
        inspect(bytes(update))
    except MalformedFrame:
        return


def test_updates_fit_only_in_order() -> None:
    person = Person(7)
    person.text += "ab"
    person.text.insert(1, "cd")
    del person.text[1:2]
    clocks = Clocks()
    contents = [inspect(update) for update in person.outbox]
    for earlier, later in pairwise(contents):
        assert clocks.lets_in(earlier)
        assert not clocks.lets_in(later)
        clocks.advance(earlier)
    assert clocks == {7: 4}
    assert clocks.lets_in(contents[2])


def test_a_skip_is_a_gap() -> None:
    update = (
        write_uint(1) + write_uint(3) + write_uint(7) + write_uint(0)
        + b"\x04" + NAME + write_text("a")
        + b"\x0a" + write_uint(5)
        + b"\x00" + write_uint(2) + b"\x00"
    )  # fmt: skip
    contents = inspect(update)
    assert contents.runs == [Run(7, 0, 1), Run(7, 6, 8)]
    assert not Clocks().lets_in(contents)
    assert Clocks({7: 6}).lets_in(contents)


def test_state_vectors_are_read() -> None:
    doc: Doc[Text] = Doc(client_id=7)
    doc["summary"] = Text("é😀")
    assert Clocks.read(doc.get_state()) == {7: 3}
    with pytest.raises(MalformedFrame):
        Clocks.read(b"\x01\x07")
