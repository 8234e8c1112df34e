"""Somebody who visits a hub without a network between."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

from pycrdt import Text

from secondstory.documents.hub import Hub
from secondstory.documents.protocol import missing_frame, presence_frame, state_frame, update_frame
from secondstory.documents.queries import read_passages
from secondstory.documents.wire import Reader, write_text, write_uint
from secondstory.platform.database import Database
from tests.integration.documents.conftest import ADA
from tests.unit.documents.doubles import MemorySocket, Person
from tests.waiting import until


@dataclass
class Visitor:
    """Somebody in a document, with a Yjs document of their own."""

    socket: MemorySocket
    person: Person
    others: dict[int, str] = field(default_factory=dict)
    """Yjs client → state, of everybody whose presence is known."""

    @property
    def text(self) -> str:
        self._take_in()
        return str(self.person.doc.get("summary", type=Text))

    def type(self, text: str) -> None:
        self.person.text += text
        self.socket.says(update_frame(self.person.outbox.popleft()))

    @property
    def sees(self) -> dict[int, str]:
        self._take_in()
        return self.others

    def appears(self, state: str, clock: int = 0) -> None:
        """Tell the others where one is; `null` is a goodbye."""
        entry = write_uint(self.person.doc.client_id) + write_uint(clock) + write_text(state)
        self.socket.says(presence_frame(b"\x01" + entry))

    def _see(self, states: Reader) -> None:
        for _ in range(states.uint()):
            client, _, state = states.uint(), states.uint(), states.text()
            if state == "null":
                self.others.pop(client, None)
            else:
                self.others[client] = state

    def _take_in(self) -> None:
        while self.socket.sent:
            reader = Reader(self.socket.sent.popleft())
            if (kind := reader.uint()) == 1:
                self._see(Reader(reader.blob()))
            elif kind == 0:
                if reader.uint() == 0:
                    missing = self.person.doc.get_update(reader.blob())
                    self.socket.says(missing_frame(missing))
                else:
                    self.person.apply(reader.blob())


@asynccontextmanager
async def visiting(
    hub: Hub, document_id: UUID, client_id: int, *, can_write: bool = True
) -> AsyncIterator[Visitor]:
    socket = MemorySocket()
    visitor = Visitor(socket, Person(client_id))
    socket.says(state_frame(visitor.person.doc.get_state()))
    serving = asyncio.create_task(hub.serve(document_id, socket, ADA, can_write=can_write))
    try:
        yield visitor
    finally:
        socket.hangs_up()
        async with asyncio.timeout(5):
            await serving


async def until_shown(database: Database, document_id: UUID, text: str) -> None:
    """Wait until requests see that text."""

    async def is_shown() -> bool:
        async with database.reading() as session:
            return (await read_passages(session, document_id)).get("summary") == text

    await until(is_shown)
