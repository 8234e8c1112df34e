"""Broken frames by the thousand: who sends them is closed at most; who types beside them is not."""

import asyncio
from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Text

from secondstory.documents.presence import MAX_STATES_PER_OWNER
from secondstory.documents.protocol import CloseCode, missing_frame, state_frame, update_frame
from secondstory.documents.room import Room
from secondstory.documents.text import open_document
from secondstory.documents.wire import Reader
from tests.unit.documents.doubles import HandPeer, MemoryLog, Person, commit, new_room
from tests.unit.documents.mutations import mutated, presence, seeds

REFUSALS = {CloseCode.MALFORMED, CloseCode.TOO_LARGE}


class Honest:
    """Somebody who types. Browsers draw their ids from 32 bits: nobody hits them by chance."""

    def __init__(self, room: Room, client_id: int) -> None:
        self.room = room
        self.person = Person(client_id)
        self.peer = HandPeer()
        self.typed = 0
        room.join(self.peer)
        room.receive(self.peer, state_frame(b"\x00"))
        room.receive(self.peer, presence((client_id, 0, '{"name": "Ada"}')))

    def type(self, rng: Random) -> None:
        now = str(self.person.text)
        at = rng.randrange(len(now) + 1)
        self.person.text.insert(len(now[:at].encode()), f"{self.typed % 10}")
        self.typed += 1
        while self.person.outbox:
            self.room.receive(self.peer, update_frame(self.person.outbox.popleft()))

    def take_in(self) -> None:
        while self.peer.inbox:
            reader = Reader(self.peer.inbox.popleft())
            if reader.uint() != 0:
                continue
            step, body = reader.uint(), reader.blob()
            if step == 0:
                missing = self.person.doc.get_update(body)
                self.room.receive(self.peer, missing_frame(missing))
            else:
                self.person.apply(body)

    def check(self, log: MemoryLog, *, in_order: bool) -> None:
        assert self.peer.close_code is None, self.peer._ended.result()
        assert not self.room.ended
        texts = shown(self.room.replica.texts())
        copies = [self.person.doc]
        copies += [open_document(log.updates[self.room.id])]
        copies += [open_document([self.room.replica.everything()])]
        for copy in copies:
            copied = shown({name: str(copy.get(name, type=Text)) for name in texts})
            if in_order:
                assert copied == texts
            assert {name: sorted(text) for name, text in copied.items()} == {
                name: sorted(text) for name, text in texts.items()
            }


def shown(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


async def fuzz(seed: int, cases: int, *, in_order: bool = False) -> Counter[object]:
    """Play one story; `in_order` tells that nothing in it is said to stand behind its successor.

    Looking up where neighbours stand would cost too much for each keystroke. Who forges them, with
    a right to write, can have open copies differ in their order until they are loaded again; blind
    mutation does it once in some ten thousand frames.
    """
    rng = Random(seed)
    log = MemoryLog()
    room, elsewhere = new_room(log), new_room(log)
    people = [Honest(room, 3_111_222_333), Honest(room, 2_999_888_777), Honest(elsewhere, 777)]
    frames = seeds(rng)
    sent = Counter[object]()
    sender = HandPeer()
    room.join(sender)
    for number in range(cases):
        # Whole ones in their order now and then, so that there is something to build upon.
        whole = frames[number // 3 % len(frames)]
        frame = mutated(rng, rng.choice(frames), frames) if number % 3 else whole
        room.receive(sender, frame)
        sent[sender.close_code] += 1
        if sender.close_code is not None:
            room.leave(sender)
            sender = HandPeer()
            room.join(sender)
        sender.inbox.clear()
        if rng.random() < 0.2:
            rng.choice(people).type(rng)
        if rng.random() < 0.2:
            await settle(people, log)
    await settle(people, log)
    for person in people:
        person.check(log, in_order=in_order or person.room is elsewhere)
    assert len(room.company._presence._states) <= MAX_STATES_PER_OWNER * 3
    assert len(room._audience) == 3
    return sent


async def settle(people: list[Honest], log: MemoryLog) -> None:
    for room in {person.room for person in people}:
        if not room.is_settled:
            commit(room, log)
    await asyncio.sleep(0)
    for person in people:
        person.take_in()


@settings(max_examples=max(60, settings.default.max_examples // 20))
@given(st.integers(0, 2**32))
def test_broken_frames_disturb_nobody(seed: int) -> None:
    asyncio.run(fuzz(seed, 120))


def test_the_frames_get_everywhere() -> None:
    """Mutations that all fail at the first byte would prove little."""
    sent = asyncio.run(fuzz(1, 2000, in_order=True))
    assert sent[None] > 300
    assert sent[CloseCode.MALFORMED] > 400
    assert set(sent) <= {None, *REFUSALS}


@given(st.binary(max_size=200))
def test_any_bytes_at_all(frame: bytes) -> None:
    async def run() -> None:
        room = new_room()
        sender = HandPeer()
        room.join(sender)
        room.receive(sender, frame)
        assert sender.close_code in {None, *REFUSALS}
        assert not room.ended

    asyncio.run(run())
