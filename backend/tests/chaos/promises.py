"""People typing in one incident, all that they were promised, and whether it was kept."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

import httpx

from tests.chaos.servers import Server
from tests.chaos.world import World
from tests.live_client import Client
from tests.waiting import until

_PAUSE_MILLISECONDS = 120
_PAUSE_BETWEEN_REQUESTS = 0.08


@dataclass
class Noted:
    """Sets of characters: each is typed only once, so that what is missing can be named."""

    typed: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    """What somebody deleted, whether anybody heard of it or not."""
    promised: set[str] = field(default_factory=set)
    """What somebody was told is saved, or saw of others, or read over REST."""
    gone: set[str] = field(default_factory=set)
    """Deletions of the same kind."""

    def add(self, notes: dict[str, str]) -> None:
        """Add what one typist noted."""
        self.typed.update(notes["typed"])
        self.removed.update(notes["removed"])
        self.promised.update(notes["told"], notes["seen"])
        self.gone.update(notes["toldRemoved"], notes["seenRemoved"])

    def agrees_with(self, text: str) -> bool:
        return not any(self.wrong_in(text).values())

    def wrong_in(self, text: str) -> dict[str, str]:
        """Return the characters that break a promise, by how they do."""
        kept = set(text)
        wrong = {
            "missing": self.promised - self.removed - kept,
            "back again": self.gone & kept,
            "nobody typed": kept - self.typed,
        }
        return {why: "".join(sorted(wrong[why])) for why in wrong}


class Desk:
    """Somebody who reads and writes over REST meanwhile, and notes the answers."""

    def __init__(self, world: World, server: Server, incident: str) -> None:
        self.read: set[str] = set()
        self.gone: set[str] = set()
        self.takeaways: dict[str, str] = {}
        self._world = world
        self._server = server
        self._path = f"/incidents/{incident}"
        self._work = asyncio.create_task(self._run())

    async def leave(self) -> None:
        """Stop."""
        self._work.cancel()
        await asyncio.wait({self._work})

    async def _run(self) -> None:
        async with self._world.people[0].requests(self._server) as requests:
            for number in count():
                try:
                    await self._read(requests)
                    await self._write(requests, f"What we learned, part {number}.")
                except httpx.TransportError:
                    pass
                await asyncio.sleep(_PAUSE_BETWEEN_REQUESTS)

    async def _read(self, requests: httpx.AsyncClient) -> None:
        answer = await requests.get(self._path)
        if answer.is_success:
            summary = set(answer.json()["summary"])
            self.gone |= self.read - summary
            self.read |= summary

    async def _write(self, requests: httpx.AsyncClient, text: str) -> None:
        body = {"kind": "learning", "text": text}
        answer = await requests.post(f"{self._path}/takeaways", json=body)
        if answer.is_success:
            self.takeaways[answer.json()["id"]] = text


class Session:
    """Twenty people in one incident."""

    def __init__(self, world: World, incident: str, typists: list[Client], desk: Desk) -> None:
        self.incident = incident
        self._world = world
        self._typists = typists
        self._desk = desk

    async def notes(self) -> Noted:
        """Return what everybody noted so far."""
        noted = Noted(promised=set(self._desk.read), gone=set(self._desk.gone))
        for notes in await asyncio.gather(*(typist.call("notes") for typist in self._typists)):
            noted.add(notes)
        return noted

    async def quiet_notes(self) -> Noted:
        """Return what was noted once nobody, though typing, is promised anything any more."""
        noted = await self.notes()
        for _ in range(20):
            await asyncio.sleep(0.3)
            before, noted = noted, await self.notes()
            if (before.promised, before.gone) == (noted.promised, noted.gone):
                assert noted.typed > before.typed
                return noted
        raise AssertionError("promises are made without a database")

    async def stop(self) -> None:
        """Let everybody rest, connected as they are."""
        await self._desk.leave()
        for typist in self._typists:
            await typist.call("stopTyping")

    async def until_lost(self) -> None:
        """Wait until all connections have ended and everything that came has been taken in."""
        for typist in self._typists:
            await typist.until(lambda state: state["closes"] != [])

    async def until_everybody_has(self, typed: set[str]) -> None:
        """Wait until what was typed so far is in all editors, while everybody goes on."""

        async def has_all(typist: Client) -> bool:
            return not typed - (await self.notes()).removed - set(await self._text(typist))

        for typist in self._typists:
            await until(partial(has_all, typist))

    async def until_saved(self) -> None:
        """Wait until everybody has been told that all they did is saved, and sees the same."""

        def is_saved(notes: dict[str, str]) -> bool:
            return (len(notes["told"]), len(notes["toldRemoved"])) == (
                len(notes["typed"]),
                len(notes["removed"]),
            )

        async with asyncio.timeout(20):
            while True:
                all_notes = [await typist.call("notes") for typist in self._typists]
                texts = {await self._text(typist) for typist in self._typists}
                if len(texts) == 1 and all(map(is_saved, all_notes)):
                    return
                await asyncio.sleep(0.1)

    async def _text(self, typist: Client) -> str:
        text: str = (await typist.state())["texts"]["summary"]
        return text

    async def leave(self) -> None:
        """Close all editors."""
        for typist in self._typists:
            await typist.call("close")

    async def until_shown(self, server: Server, noted: Noted) -> None:
        """Wait until what was promised reads so over REST, though nobody opens the document."""
        await self._world.people[0].until_reads(server, self.incident, noted.agrees_with)

    async def check(self, server: Server, noted: Noted) -> None:
        """See whether a server keeps what was promised, in an editor and over REST."""
        reader = await self._world.join(self._world.people[1], server.address, self.incident)
        text = (await reader.state())["texts"].get("summary", "")
        await reader.call("close")
        assert noted.agrees_with(text), noted.wrong_in(text)
        assert len(text) == len(set(text)), "something is there twice"
        await self._world.people[0].until_reads(
            server, self.incident, lambda summary: summary == text
        )
        await self._check_takeaways(server)

    async def _check_takeaways(self, server: Server) -> None:
        async with self._world.people[1].requests(server) as requests:
            for takeaway, text in self._desk.takeaways.items():
                answer = await requests.get(f"/incidents/{self.incident}/takeaways/{takeaway}")
                assert answer.is_success, answer.text
                assert answer.json()["text"] == text


async def begin(
    world: World, server: Server, seed: int, *, addresses: Sequence[str] = (), **options: Any
) -> Session:
    """Let everybody type in a new incident, connected to the addresses in turn."""
    incident = await world.people[0].opens_incident(server)
    addresses = addresses or [server.address]
    typists = await asyncio.gather(
        *(
            world.join(person, addresses[number % len(addresses)], incident, **options)
            for number, person in enumerate(world.people)
        )
    )
    for who, typist in enumerate(typists):
        await typist.call(
            "startTyping",
            name="summary",
            who=who,
            people=len(typists),
            pause=_PAUSE_MILLISECONDS,
            seed=seed,
        )
    return Session(world, incident, typists, Desk(world, server, incident))
