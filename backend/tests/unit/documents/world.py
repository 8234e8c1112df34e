"""A document with its log, two processes, people who type, and networks that do their worst.

Every character typed is one of a kind, so what must stand in the text at the end is known without
asking Yjs: all that was typed, but what somebody has deleted, each exactly once.
"""

import asyncio
import json
from base64 import b64decode
from collections.abc import Iterator
from itertools import chain
from random import Random
from uuid import UUID

from pycrdt import Doc, Text, merge_updates

from secondstory.documents.protocol import missing_frame, state_frame, update_frame
from secondstory.documents.room import Room
from secondstory.documents.text import new_texts, open_document, revise
from secondstory.documents.updates import SERVER_CLIENT, Clocks, inspect
from secondstory.documents.wire import Reader
from secondstory.platform.columns import new_id
from tests.unit.documents.doubles import HandPeer, MemoryLog, Person, new_room

_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"
NAMES = ("summary", f"events/{_ID}/text", f"whys/{_ID}/answer")
# Added by a request, in one piece; nobody else begins it.
ADDED = f"takeaways/{_ID}/text"
_SIGNS = [
    sign
    for sign in map(chr, chain(range(0x2190, 0x27C0), range(0x1F300, 0x1F650), range(0xA1, 0xC0)))
    if not sign.isalnum()
]
# Those of two units among those of one.
Random(1).shuffle(_SIGNS)


class Connected:
    """A person with a network between them and a room."""

    def __init__(self, world: "World", number: int, *, can_write: bool) -> None:
        self.world = world
        self.person = Person(number + 1)
        self.can_write = can_write
        self.peer = HandPeer(can_write=can_write)
        self.room: Room | None = None
        self.to_server: list[bytes] = []
        # What they ever wrote, for sending it again, out of order.
        self.written: list[bytes] = []
        # Connections that the server still takes for open, with what is under way in them.
        self.left_behind: list[tuple[Room, HandPeer, list[bytes]]] = []

    def text(self, name: str) -> Text:
        return self.person.doc.get(name, type=Text)

    def write(self, rng: Random) -> None:
        """Type a little, or delete a little; readers do not."""
        if not self.can_write:
            return
        text = self.text(rng.choice(NAMES))
        now = str(text)
        at = rng.randrange(len(now) + 1)
        if now[at:] and rng.random() < 0.35:
            end = min(len(now), at + rng.randrange(1, 4))
            self.world.deleted.update(now[at:end])
            del text[len(now[:at].encode()) : len(now[:end].encode())]
        else:
            text.insert(len(now[:at].encode()), self.world.new_signs(rng.randrange(1, 4)))
        while self.person.outbox:
            update = self.person.outbox.popleft()
            self.written.append(update)
            if self.room is not None:
                self.to_server.append(update_frame(update))

    def repeat(self, rng: Random) -> None:
        """Send something again: one of the old updates, several as one, or the last frame."""
        if self.room is None or not self.written:
            return
        again = rng.sample(self.written, min(len(self.written), rng.randrange(1, 4)))
        if rng.random() < 0.3:
            again = self.written[rng.randrange(len(self.written)) :]
        self.to_server.append(update_frame(merge_updates(*again)))
        if rng.random() < 0.3:
            self.to_server.append(self.to_server[-1])

    def move(self, room: Room) -> None:
        """Connect anew, while the server has not noticed that the old connection is gone."""
        if self.room is not None:
            self.left_behind.append((self.room, self.peer, self.to_server))
            self.room = None
        self.connect(room)

    def connect(self, room: Room) -> None:
        self.cut()
        self.room, self.peer = room, HandPeer(can_write=self.can_write)
        self.to_server = [state_frame(self.person.doc.get_state())]
        room.join(self.peer)

    def cut(self) -> None:
        """Lose the connection, and all that was under way in it."""
        if self.room is not None:
            self.room.leave(self.peer)
        self.room, self.to_server = None, []
        self.peer.inbox.clear()

    def crash_of(self, room: Room) -> None:
        if self.room is room:
            self.cut()
        self.left_behind = [left for left in self.left_behind if left[0] is not room]

    def send_one(self) -> None:
        if self.room is not None and self.to_server:
            self.room.receive(self.peer, self.to_server.pop(0))
            assert self.peer.close_code is None

    def send_late(self, rng: Random) -> None:
        """Let a connection that was left behind deliver one frame more, or end at last."""
        if not self.left_behind:
            return
        room, peer, frames = left = rng.choice(self.left_behind)
        if frames:
            room.receive(peer, frames.pop(0))
            assert peer.close_code is None
        else:
            room.leave(peer)
            self.left_behind.remove(left)

    def receive_one(self) -> None:
        if not self.peer.inbox:
            return
        reader = Reader(self.peer.inbox.popleft())
        kind = reader.uint()
        if kind == 100:
            saved = json.loads(reader.text())
            self.world.check_stored(Clocks.read(b64decode(saved["state_vector"])))
            return
        assert kind == 0
        step, body = reader.uint(), reader.blob()
        if step == 0:
            assert self.can_write, "a reader has nothing to offer"
            self.to_server.append(missing_frame(self.person.doc.get_update(body)))
            return
        contents = inspect(body)
        self.world.check_stored({run.client: run.end for run in contents.runs})
        assert Clocks.read(self.person.doc.get_state()).lets_in(contents), "came too early"
        self.person.apply(body)


class World:
    """One document on two processes, with three who write and one who reads."""

    def __init__(self) -> None:
        self.log = MemoryLog()
        self.id: UUID = new_id()
        self.rooms = [self.new_room(), self.new_room()]
        # What each process has sent to the log, and the number once it has arrived there.
        self.in_flight: list[list[bytes] | int | None] = [None, None]
        self.people = [Connected(self, number, can_write=number < 3) for number in range(4)]
        self.typed: set[str] = set()
        self.deleted: set[str] = set()
        self._signs: Iterator[str] = iter(_SIGNS)
        self._stored = Clocks()
        self._stored_seq = 0

    def new_room(self) -> Room:
        return new_room(self.log, document_id=self.id)

    def new_signs(self, count: int) -> str:
        signs = "".join(next(self._signs) for _ in range(count))
        self.typed.update(signs)
        return signs

    def stored(self, client_id: int | None = None) -> "Doc[Text]":
        return open_document(self.log.updates[self.id], client_id=client_id)

    def check_stored(self, clocks: dict[int, int]) -> None:
        if self._stored_seq != len(self.log.updates[self.id]):
            self._stored = Clocks.read(self.stored().get_state())
            self._stored_seq = len(self.log.updates[self.id])
        for client, clock in clocks.items():
            assert clock <= self._stored.get(client, 0), "shown before it was stored"

    def request(self, rng: Random) -> None:
        """Write by REST, in one transaction."""
        doc = self.stored(SERVER_CLIENT)
        if rng.random() < 0.3 and ADDED not in doc.keys():  # noqa: SIM118 - a Doc is no mapping
            clock = Clocks.read(doc.get_state()).get(SERVER_CLIENT, 0)
            update = new_texts({ADDED: self.new_signs(2)}, clock).update
        else:
            name = rng.choice(NAMES)
            old = str(doc.get(name, type=Text))
            kept = "".join(sign for sign in old if rng.random() < 0.8)
            self.deleted.update(set(old) - set(kept))
            at = rng.randrange(len(kept) + 1)
            update = revise(doc, {name: kept[:at] + self.new_signs(1) + kept[at:]})
        assert update is not None
        self.log.add(self.id, [update])

    def crash(self, index: int) -> None:
        for person in self.people:
            person.crash_of(self.rooms[index])
        self.rooms[index].end()
        self.rooms[index] = self.new_room()
        self.in_flight[index] = None

    def write_on(self, index: int) -> None:
        """Take one more step of a commit: send, arrive, answer."""
        room = self.rooms[index]
        match self.in_flight[index]:
            case None if not room.is_settled:
                self.in_flight[index] = [write.update for write in room.take()]
            case list(updates):
                self.in_flight[index] = self.log.add(self.id, updates)
            case int(last_seq):
                self.in_flight[index] = None
                room.stored(last_seq)

    def notify(self, index: int) -> None:
        self.rooms[index].log.hear(len(self.log.updates[self.id]))

    async def settle(self) -> None:
        """Let everybody come back, and everything arrive."""
        for number, person in enumerate(self.people):
            person.connect(self.rooms[number % 2])
        for _ in range(60):
            for person in self.people:
                while person.to_server:
                    person.send_one()
            for index in range(2):
                self.write_on(index)
                self.notify(index)
            for person in self.people:
                while person.peer.inbox:
                    person.receive_one()
            await asyncio.sleep(0)

    def check_converged(self) -> None:
        stored = self.stored()
        texts = {name: str(stored.get(name, type=Text)) for name in (*NAMES, ADDED)}
        signs = "".join(texts.values())
        assert set(signs) == self.typed - self.deleted, "something typed is missing, or back"
        assert len(signs) == len(set(signs)), "something is there twice"
        for person in self.people:
            assert {name: str(person.text(name)) for name in texts} == texts
        for room in self.rooms:
            assert {name: room.replica.texts().get(name, "") for name in texts} == texts
            again = open_document([room.replica.everything()])
            assert {name: str(again.get(name, type=Text)) for name in texts} == texts
