"""Who is here, across processes: presence of the documents that several of them have open."""

import asyncio
import logging
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from secondstory.documents.log import DATABASE_AWAY
from secondstory.documents.wire import MalformedFrame

_logger = logging.getLogger(__name__)
CHANNEL: Final = "presence"
# Carets of other processes move ten times a second, however fast people type.
_PAUSE_SECONDS: Final = 0.1
_ALIVE_SECONDS: Final = 5.0


class _Word(StrEnum):
    """What one process says to the others about a document."""

    HELLO = "hello"
    """I have it open: who is there?"""
    HERE = "here"
    """These people are with me."""
    BYE = "bye"
    """I have it open no more."""


class Process(NamedTuple):
    """Another process, as the owner of presence that came from there."""

    id: str


class Company(Protocol):
    """What the relay needs of an open document: who is in it."""

    @property
    def id(self) -> UUID: ...

    def people(self) -> Iterable[bytes]:
        """Return all presence of this process, in updates that fit into a notification."""

    def people_moved(self) -> Iterable[bytes]:
        """Return what of it is new since it was asked for last."""

    def hear_of(self, process: Process, presence: bytes) -> None: ...

    def forget(self, process: Process) -> None: ...


class Voice(Protocol):
    """What the relay needs of the database."""

    async def notify(self, channel: str, payloads: Collection[str]) -> None: ...

    async def processes(self) -> set[str]:
        """Return the ids of all that listen."""


class Relay:
    """Greets other processes where a document is open, and tells those who are there too.

    A process that nobody shares a document with sends one notification for each that it opens.
    What is said may get lost: whoever was away greets again, presence is renewed by its owners
    every 15 seconds anyway, and what is not is forgotten. Who has died is noticed by the missing
    connection.
    """

    def __init__(self, process: str, voice: Voice) -> None:
        self._process = process
        self._voice = voice
        self._companies: dict[UUID, Company] = {}
        self._others: dict[UUID, set[str]] = {}
        self._moved: dict[UUID, None] = {}
        self._words: list[str] = []
        self._woken = asyncio.Event()

    # ---- what happens here

    def opened(self, company: Company) -> None:
        """Greet the others who have this document open."""
        self._companies[company.id] = company
        self._say(_Word.HELLO, company.id)

    def closed(self, company: Company) -> None:
        """Take leave of them."""
        del self._companies[company.id]
        if self._others.pop(company.id, None):
            self._say(_Word.BYE, company.id)

    def moved(self, company: Company) -> None:
        """Note that somebody in a room of this process came, left or moved."""
        if company.id in self._others:
            self._moved[company.id] = None
            self._woken.set()
        else:
            # Nobody needs to hear it: who comes later is told everything.
            company.people_moved()

    def greet_again(self) -> None:
        """Begin anew with everybody: what was said meanwhile was not heard."""
        for document_id in self._companies:
            self._say(_Word.HELLO, document_id)
            self._tell_all(document_id)

    # ---- what others say

    def hear(self, payload: str) -> None:
        """Hear a notification: word, process, document, and presence where that is told."""
        word, process, document, *presence = payload.split(" ")
        document_id = UUID(document)
        company = self._companies.get(document_id)
        if process == self._process or company is None:
            return
        if word == _Word.BYE:
            self._forget(document_id, process)
            return
        others = self._others.setdefault(document_id, set())
        if word == _Word.HELLO or process not in others:
            others.add(process)
            self._tell_all(document_id)
        for update in presence:
            try:
                company.hear_of(Process(process), b64decode(update))
            except MalformedFrame:
                _logger.exception("Presence of another process was not understood")

    def _forget(self, document_id: UUID, process: str) -> None:
        others = self._others.get(document_id, set())
        others.discard(process)
        if not others:
            self._others.pop(document_id, None)
        if (company := self._companies.get(document_id)) is not None:
            company.forget(Process(process))

    # ---- saying it

    def _tell_all(self, document_id: UUID) -> None:
        # Also when nobody is here: from then on they know that we are.
        for presence in [*self._companies[document_id].people()] or [b""]:
            self._say(_Word.HERE, document_id, presence)

    def _say(self, word: _Word, document_id: UUID, presence: bytes = b"") -> None:
        told = b64encode(presence).decode()
        self._words.append(f"{word} {self._process} {document_id} {told}".rstrip())
        self._woken.set()

    async def run(self) -> None:
        """Say what there is to say until cancelled."""
        checking = asyncio.create_task(self._notice_deaths())
        try:
            while True:
                await self._woken.wait()
                self._woken.clear()
                await self._speak()
                await asyncio.sleep(_PAUSE_SECONDS)
        finally:
            checking.cancel()
            await asyncio.wait({checking})

    async def _speak(self) -> None:
        moved, self._moved = self._moved, {}
        for document_id in moved:
            if (company := self._companies.get(document_id)) is not None:
                for presence in company.people_moved():
                    self._say(_Word.HERE, document_id, presence)
        words, self._words = self._words, []
        try:
            await self._voice.notify(CHANNEL, words)
        except DATABASE_AWAY as error:
            # Whoever listens was away as well, and all will greet again.
            _logger.warning("Other processes do not hear who is here: %r", error)

    async def _notice_deaths(self) -> None:
        while True:
            await asyncio.sleep(_ALIVE_SECONDS)
            if not self._others:
                continue
            try:
                alive = await self._voice.processes()
            except DATABASE_AWAY:
                continue
            for document_id, processes in list(self._others.items()):
                for process in processes - alive:
                    self._forget(document_id, process)
