import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondstory.documents import replica as replica_module
from secondstory.documents.limits import Limits
from secondstory.documents.replica import Broken, Gap, Replica
from secondstory.documents.wire import MalformedFrame, TooLarge, write_text
from tests.unit.documents.doubles import Person, writing

LIMITS = Limits()
NAMES = ["summary", "whys/0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e/answer"]


def test_only_what_is_new_comes_back() -> None:
    replica = Replica([], LIMITS)
    person = Person(7)
    person.text += "Hello"
    (typed,) = person.outbox
    assert replica.admit(typed).news == typed
    assert replica.admit(typed).news is None
    del person.text[0:1]
    # A client that reconnects repeats all it ever deleted.
    assert replica.admit(person.doc.get_update()).news == person.outbox[-1]
    assert replica.admit(person.doc.get_update(person.doc.get_state())).news is None


def test_a_log_that_cannot_be_read_is_said_to_be_broken() -> None:
    with pytest.raises(Broken):
        Replica([b"\xff"], LIMITS)


def test_passages_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replica_module, "MAX_PASSAGES", 1)
    replica = Replica([], LIMITS)
    replica.admit(writing("x", name=NAMES[0]))
    with pytest.raises(TooLarge):
        replica.admit(writing("x", client_id=8, name=NAMES[1]))
    replica.take_in(writing("added by a request", client_id=9, name=NAMES[1]))
    for name in NAMES:
        assert replica.admit(writing("x", client_id=10 + len(name), name=name))


def test_what_could_not_be_read_back_stays_out_of_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    replica = Replica([writing("ab")], LIMITS)
    monkeypatch.setattr(replica_module, "merged", lambda _: b"\xff")
    with pytest.raises(Broken):
        replica.admit(writing("c", client_id=8))


def test_news_that_begins_with_something_known_is_asked_for_anew() -> None:
    # Client 7 has written two characters. This says that its second one was half an emoji.
    replica = Replica([writing("ab")], LIMITS)
    for text in ("😀", "bc"):
        with pytest.raises(Gap):
            replica.admit(b"\x01\x01\x07\x01\x44\x07\x00" + write_text(text) + b"\x00")
    assert replica.texts() == {"summary": "ab"}


PARTED = [
    b"\x01\x01\x08\x00\xc4\x07\x01\x07\x02\x01x\x00",
    b"\x01\x01\x08\x00\x84\x07\x01\x01x\x00",
    b"\x01\x01\x08\x00\x44\x07\x02\x01x\x00",
    b"\x00\x01\x07\x01\x02\x01",
    b"\x00\x01\x07\x01\x01\x01",
]


@pytest.mark.parametrize("update", PARTED)
def test_characters_of_two_units_are_not_parted(update: bytes) -> None:
    emoji = writing("a😀b")
    for replica in (Replica([emoji], LIMITS), Replica([], LIMITS)):
        replica.admit(emoji)
        with pytest.raises(MalformedFrame, match="parted"):
            replica.admit(update)
        assert replica.texts() == {"summary": "a😀b"}
        # Beside it is fine.
        assert replica.admit(b"\x01\x01\x08\x00\xc4\x07\x02\x07\x03\x01x\x00")


def test_a_repetition_that_says_something_else_changes_nothing() -> None:
    replica = Replica([writing("abcd")], LIMITS)
    assert replica.admit(writing("a😀b")).news is None
    assert replica.texts() == {"summary": "abcd"}
    assert replica.admit(b"\x01\x01\x08\x00\xc4\x07\x01\x07\x02\x01x\x00")
    assert replica.texts() == {"summary": "abxcd"}


def test_a_character_may_be_parted_in_no_single_update_either() -> None:
    two_blocks = b"\x01\x02\x07\x00\x04\x01" + write_text("summary") + write_text("😀")
    with pytest.raises(MalformedFrame, match="parted"):
        Replica([], LIMITS).admit(two_blocks + b"\x84\x07\x00\x01x\x00")


def _corpus(rng: random.Random) -> list[bytes]:
    people = [Person(number * 37 + 1) for number in range(3)]
    for _ in range(12):
        person = rng.choice(people)
        length = len(str(person.text).encode())
        if length > 4 and rng.random() < 0.3:
            del person.text[0:1]
        else:
            person.text.insert(0, rng.choice(["a", "hello "]))
    return [update for person in people for update in person.outbox]


@settings(max_examples=300)
@given(st.randoms(use_true_random=False))
def test_mutated_updates_never_do_more_than_be_refused(rng: random.Random) -> None:
    corpus = _corpus(rng)
    replica = Replica(corpus[: len(corpus) // 2], LIMITS)
    for _ in range(20):
        update = bytearray(rng.choice(corpus))
        for _ in range(rng.randrange(3)):
            update[rng.randrange(len(update))] = rng.choice([0, 1, 4, 127, 128, rng.randrange(256)])
        before = replica.everything()
        try:
            replica.admit(bytes(update))
        except (MalformedFrame, Gap):
            assert replica.everything() == before
        except Broken:
            break
    else:
        Replica([replica.everything()], LIMITS)
