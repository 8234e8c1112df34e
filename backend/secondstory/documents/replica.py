"""One document in memory: admits updates of strangers, and says what each of them changed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pycrdt import Text, TransactionEvent, merge_updates

from secondstory.documents.limits import Limits
from secondstory.documents.passages import MAX_PASSAGES
from secondstory.documents.text import open_document, texts_of
from secondstory.documents.updates import (
    EMPTY_UPDATE,
    LAST_OF_ONE_UNIT,
    SERVER_CLIENT,
    Clocks,
    Contents,
    Id,
    inspect,
)
from secondstory.documents.wire import MalformedFrame, TooLarge

_NO_STATE = b"\x00"


class Gap(Exception):
    """The update does not begin where the document ends: it is to be asked for anew."""


class Broken(Exception):
    """The document can no longer be trusted and has to be loaded again."""


class Admitted(NamedTuple):
    """What became of an update: what was new in it, if anything, and how far it brings whom."""

    news: bytes | None
    clocks: dict[int, int]


class Replica:
    """A Yjs document of passages.

    What it passes on is not the update as received but what the document took in from it, so that
    what was known already vanishes. Nothing is taken in before what it builds upon: an update that
    waits inside the library for a missing piece would be neither stored nor shown.
    """

    def __init__(self, updates: Iterable[bytes], limits: Limits) -> None:
        stored = list(updates)
        self._limits = limits
        try:
            self._doc = open_document(stored)
            self._texts: dict[str, Text] = texts_of(self._doc)
            self._halves = self._known_halves(stored)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            raise Broken from error
        self._clocks = Clocks.read(self._doc.get_state())
        self._size = sum(map(len, stored))
        self._produced: list[bytes] = []
        self._subscription = self._doc.observe(self._on_change)

    def admit(self, update: bytes) -> Admitted:
        """Apply a client's update; return what was new in it.

        Raises `MalformedFrame`, `TooLarge` or `Gap` with nothing changed, or `Broken`.
        """
        contents = inspect(update)
        if contents.adds_text:
            self._check_size(update, contents.passages)
        # Only the log speaks for the server: a client can but repeat what we have read there.
        server_clock = max(
            (run.end for run in contents.runs if run.client == SERVER_CLIENT), default=0
        )
        if server_clock > self._clocks.get(SERVER_CLIENT, 0) or not self._clocks.lets_in(contents):
            raise Gap
        # The part that is known would have to be taken on trust: rather have only the news.
        if self._clocks.know_the_start_of(contents):
            raise Gap
        self._check_halves(contents)
        news = self._apply(update, contents)
        return Admitted(news, {run.client: run.end for run in contents.runs})

    def take_in(self, update: bytes) -> None:
        """Apply an update from the log. Raises `MalformedFrame`, `Broken`."""
        self._apply(update, inspect(update))

    def state(self) -> bytes:
        """Return the state vector: how much of each client's writing is here."""
        return self._doc.get_state()

    def missing_in(self, state_vector: bytes) -> bytes:
        """Return what somebody with this state lacks. Raises `MalformedFrame`, `Broken`."""
        Clocks.read(state_vector)
        try:
            return self._doc.get_update(state_vector)
        except ValueError as error:
            msg = "a state vector is not readable"
            raise MalformedFrame(msg) from error
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            raise Broken from error

    def everything(self) -> bytes:
        return self._doc.get_update(_NO_STATE)

    def texts(self) -> dict[str, str]:
        """Return all passages as plain text."""
        return {name: str(text) for name, text in self._texts.items()}

    def _apply(self, update: bytes, contents: Contents) -> bytes | None:
        self._produced.clear()
        try:
            self._doc.apply_update(update)
            for name in contents.passages - self._texts.keys():
                self._texts[name] = self._doc.get(name, type=Text)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            raise Broken from error
        self._halves.update(self._news_among(contents.halves))
        self._clocks.advance(contents)
        produced = merged(self._produced) if self._produced else EMPTY_UPDATE
        if produced == EMPTY_UPDATE:
            return None
        if produced != update:
            self._check_produced(produced)
        self._size += len(produced)
        return produced

    def _check_produced(self, produced: bytes) -> None:
        """Keep out of the log what could not be read back from it: half of an emoji, for one."""
        try:
            inspect(produced)
        except MalformedFrame as error:
            raise Broken from error

    def _known_halves(self, stored: Sequence[bytes]) -> set[Id]:
        """Find the characters of two units; in most documents there are none."""
        if all(max(str(text), default="") <= LAST_OF_ONE_UNIT for text in self._texts.values()):
            return set()
        return {half for update in stored for half in inspect(update).halves}

    def _news_among(self, halves: Iterable[Id]) -> Iterator[Id]:
        """Leave out what is known: a repetition that says something else is not believed."""
        return (half for half in halves if half.clock >= self._clocks.get(half.client, 0))

    def _check_halves(self, contents: Contents) -> None:
        """Refuse what would part a character: each library makes something else of its halves."""
        edges = contents.edges
        new = set(self._news_among(contents.halves))
        if not (self._halves.isdisjoint(edges) and new.isdisjoint(edges)):
            msg = "a character of two units is parted"
            raise MalformedFrame(msg)

    def _on_change(self, event: TransactionEvent) -> None:
        self._produced.append(event.update)

    def _check_size(self, update: bytes, passages: set[str]) -> None:
        # Requests may have added more; what is there can be written on.
        new = passages - self._texts.keys()
        if new and len(self._texts) + len(new) > MAX_PASSAGES:
            raise TooLarge
        if self._size + len(update) <= self._limits.document_bytes:
            return
        # The sum of updates only grows; the document itself is more compact.
        self._size = len(self.everything())
        if self._size + len(update) > self._limits.document_bytes:
            raise TooLarge


def merged(updates: Sequence[bytes]) -> bytes:
    """Make one update of several. Raises `Broken`."""
    if len(updates) == 1:
        return updates[0]
    try:
        return merge_updates(*updates)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise Broken from error
