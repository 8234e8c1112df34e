"""Broken bytes against a real server, while honest people type in the same room and in another."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fastapi import FastAPI

from secondstory.documents.protocol import update_frame
from secondstory.identity.principal import COOKIE
from secondstory.incidents.admission import Door, DoorLimits
from secondstory.platform.database import Database
from secondstory.platform.sockets import DirectProtocol
from secondstory.settings import Settings
from tests.factories import Caller
from tests.factories.records import fetched, open_incident
from tests.integration.documents.conftest import Connect, new_app, serving
from tests.integration.documents.wire import Opcode, fragments, frame, wired
from tests.live_client import Client, Clients
from tests.unit.documents.doubles import writing
from tests.unit.documents.mutations import mutated, seeds

ROUNDS = 400
# In none of the frames.
LETTERS = "ÄÖÜ"
MAX_GROWTH_BYTES = 96 * 1024 * 1024
Incident = dict[str, Any]


@pytest.fixture
async def people(connect: Connect, admin: Caller, incident: Incident) -> list[Client]:
    """Two honest people in the room that is under fire, and one in another."""
    other = await open_incident(admin)
    rooms = (incident["id"], incident["id"], other["id"])
    people = [await connect(admin, room) for room in rooms]
    for person in people:
        await person.until(lambda state: state["synced"])
    return people


def odd_wire(rng: Random, payload: bytes) -> list[bytes]:
    """A message in a form that is not allowed."""
    whole = frame(payload)
    forms = [
        [frame(payload, masked=False)],
        [frame(payload, Opcode.TEXT)],
        [frame(b"\xff\xfe" + payload, Opcode.TEXT)],
        [frame(payload, Opcode.CONTINUATION)],
        [frame(payload, final=False), frame(payload)],
        [frame(payload, rng.randrange(16))],
        [bytes((whole[0] | 0x40,)) + whole[1:]],
        [b"\x82\xff" + (2**63 - 1).to_bytes(8, "big") + b"\x00" * 4],
        [b"\x82\xff" + (2**63 + 5).to_bytes(8, "big") + payload],
        [b"\x82\xfe\x00\x05" + payload],
        [frame(b"x" * 126, Opcode.PING)],
        [frame(b"half", Opcode.PING, final=False)],
        [frame(b"\x03", Opcode.CLOSE)],
        [frame((5000).to_bytes(2, "big") + b"\xff", Opcode.CLOSE)],
        [frame(b"", Opcode.PING)] * 300,
        [frame(b"", final=False), *[frame(b"", Opcode.CONTINUATION, final=False)] * 300],
        [whole[: rng.randrange(1, len(whole))]],
        [rng.randbytes(rng.randrange(1, 80))],
        [b"GET / HTTP/1.1\r\n\r\n"],
    ]
    return rng.choice(forms)


def legal_wire(rng: Random, payload: bytes) -> list[bytes]:
    """A message in any form that is allowed, cut into segments anywhere."""
    data = b"".join(fragments(rng, payload)) if rng.random() < 0.5 else frame(payload)
    cuts = sorted(rng.randrange(len(data) + 1) for _ in range(rng.randrange(4)))
    return [data[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True)]


async def test_every_legal_form_of_a_message_is_understood(
    address: str, member: Caller, incident: Incident
) -> None:
    rng = Random(5)
    async with wired(address, member, incident) as wire:
        waiting = b""
        for number in range(200):
            update = writing(f"<{number}>", 10_000 + number)
            segments = legal_wire(rng, update_frame(update))
            if rng.random() < 0.5:
                # Several frames in one segment, or one and a half.
                waiting += b"".join(segments)
                if rng.random() < 0.7:
                    continue
                cut = rng.randrange(len(waiting))
                segments, waiting = [waiting[:cut], waiting[cut:]], b""
            elif waiting:
                segments, waiting = [waiting, *segments], b""
            await wire.send(segments)
        await wire.send([waiting])
        await wire.hears(b'"updates":200')
        assert not wire.ended
    text = ""
    async with asyncio.timeout(5):
        while any(f"<{number}>" not in text for number in range(200)):
            text = await summary(member, incident)


async def test_a_large_message_in_many_pieces(
    address: str, member: Caller, incident: Incident
) -> None:
    payload = update_frame(writing("x" * 900_000, 10_000))
    pieces = [payload[at : at + 3001] for at in range(0, len(payload), 3001)]
    async with wired(address, member, incident) as wire:
        await wire.send([frame(pieces[0], final=False)])
        await wire.send(frame(piece, Opcode.CONTINUATION, final=False) for piece in pieces[1:])
        await wire.send([frame(b"", Opcode.CONTINUATION)])
        await wire.hears(b'"updates":1')


async def test_broken_bytes_disturb_nobody(
    app: FastAPI,
    address: str,
    people: list[Client],
    member: Caller,
    admin: Caller,
    incident: Incident,
    start_again: Callable[[], AbstractAsyncContextManager[Client]],
) -> None:
    # Whoever is thrown out may come back at once.
    app.state.door = Door(DoorLimits(joins_at_once=100_000))
    before = resident_bytes()
    fired = asyncio.create_task(fire(address, member, incident))
    while not fired.done():
        for person, letter in zip(people, LETTERS, strict=True):
            await person.insert("summary", letter)
        await asyncio.sleep(0.02)
    await fired
    assert resident_bytes() - before < MAX_GROWTH_BYTES
    text = await converged(people[:2])
    for person in people:
        assert (await person.state())["closes"] == []
    assert text.count(LETTERS[0]) == text.count(LETTERS[1]) > 20
    assert "😀" in text, "nothing of what was sent was ever taken in"
    assert set((await people[2].state())["texts"]["summary"]) == {LETTERS[2]}
    async with start_again() as newcomer:
        await newcomer.reads("summary", text)
    assert await summary(admin, incident) == text


async def fire(address: str, caller: Caller, incident: Incident) -> None:
    """Send all that must not be sent, from one connection after the other."""
    rng = Random(11)
    frames = seeds(rng)
    for number in range(ROUNDS):
        async with wired(address, caller, incident) as wire:
            # Whole ones in their order, so that there is something to build upon.
            await wire.send(legal_wire(rng, frames[number % len(frames)]))
            for _ in range(10):
                payload = mutated(rng, rng.choice(frames), frames)
                odd = rng.random() < 0.15
                await wire.send(odd_wire(rng, payload) if odd else legal_wire(rng, payload))
                if wire.ended:
                    break
            if number % 20 == 0:
                await wire.send([frame(b"\x00" * 3_000_000)])


@pytest.fixture
def start_again(
    node: Clients, database: Database, settings: Settings, admin: Caller, incident: Incident
) -> Callable[[], AbstractAsyncContextManager[Client]]:
    """Start another process, which knows nothing but the log, and join there."""
    headers = {"Cookie": f"{COOKIE}={admin.client.cookies[COOKIE]}"}

    @asynccontextmanager
    async def start() -> AsyncIterator[Client]:
        again = new_app(settings, database)
        async with again.router.lifespan_context(again), serving(again) as address:
            path = f"{address}/api/v1/incidents"
            newcomer = await node.open(path, f"{incident['id']}/live", headers=headers)
            yield newcomer
            await newcomer.call("close")

    return start


async def converged(people: list[Client]) -> str:
    for person in people:
        await person.until(lambda state: state["saved"])
    texts: set[str] = set()
    async with asyncio.timeout(10):
        while len(texts) != 1:
            texts = {(await person.state())["texts"]["summary"] for person in people}
            await asyncio.sleep(0.05)
    return texts.pop()


async def summary(caller: Caller, incident: Incident) -> str:
    return str((await fetched(caller, f"/incidents/{incident['id']}"))["summary"])


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


async def test_who_asks_and_never_listens_costs_no_memory(
    address: str, member: Caller, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[DirectProtocol] = []

    def note(protocol: DirectProtocol) -> None:
        served.append(protocol)

    monkeypatch.setattr(DirectProtocol, "start_keepalive", note)
    async with wired(address, member, incident) as wire:
        await wire.hears(b"\x00\x00")
        wire._reader._transport.pause_reading()  # type: ignore[attr-defined]  # no public way
        flood = frame(b"p" * 125, Opcode.PING) * 1000
        for _ in range(200):
            await wire.send([flood])
        await asyncio.sleep(0.2)
        (protocol,) = served
        assert protocol.transport.get_write_buffer_size() < 1024 * 1024
