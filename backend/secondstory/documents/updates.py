"""What a Yjs update from outside may contain: plain text in known passages, without gaps."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Self

from secondstory.documents.passages import check_name
from secondstory.documents.wire import MalformedFrame, Reader

# The server itself writes as this Yjs client. Browsers draw 32-bit ids, so nobody collides.
SERVER_CLIENT: Final = 2**32
# Nothing: no blocks, no deletions.
EMPTY_UPDATE: Final = b"\x00\x00"

# Yjs counts UTF-16 units: characters beyond this one are two of them.
LAST_OF_ONE_UNIT: Final = "\uffff"
# Yjs' libraries count a client's characters in 32 bits.
_LAST_CLOCK = 2**31
_HAS_LEFT, _HAS_RIGHT, _IN_MAP = 0x80, 0x40, 0x20
_CONTENT = 0x1F
_GONE, _DELETED, _STRING, _SKIP = 0, 1, 4, 10


class ForeignContent(MalformedFrame):
    """A well-formed update with something that is not plain text in a passage."""


class Id(NamedTuple):
    """One character: its client, and the client's clock when it was written."""

    client: int
    clock: int


class Run(NamedTuple):
    """Characters `start:end` of one client."""

    client: int
    start: int
    end: int


@dataclass(slots=True)
class Contents:
    """What an update would do, as far as admission needs to know."""

    runs: list[Run] = field(default_factory=list)
    needs: dict[int, int] = field(default_factory=dict)
    """How many characters of each client it builds upon, or deletes."""
    passages: set[str] = field(default_factory=set)
    """Passages it names. Text that continues existing text names none."""
    adds_text: bool = False
    edges: list[Id] = field(default_factory=list)
    """Characters before which something is put, or a deletion begins or ends."""
    halves: list[Id] = field(default_factory=list)
    """Second halves of characters that are two units long for Yjs, an emoji for instance."""

    def need(self, client: int, clock: int) -> None:
        if clock > self.needs.get(client, 0):
            self.needs[client] = clock


class Clocks(dict[int, int]):
    """A state vector: how many characters of each client are here."""

    @classmethod
    def read(cls, state_vector: bytes) -> Self:
        """Decode a state vector. Raises `MalformedFrame`."""
        reader = Reader(state_vector)
        clocks = cls((reader.uint(), reader.uint()) for _ in range(reader.uint()))
        reader.finish()
        return clocks

    def lets_in(self, contents: Contents) -> bool:
        """Tell whether everything that an update builds upon is here, or in itself."""
        reached: dict[int, int] = {}
        for client, start, end in contents.runs:
            here = reached.get(client) or self.get(client, 0)
            if start > here:
                return False
            reached[client] = max(here, end)
        return all(
            clock <= (reached.get(client) or self.get(client, 0))
            for client, clock in contents.needs.items()
        )

    def know_the_start_of(self, contents: Contents) -> bool:
        """Tell whether a run begins with something known and goes on with news."""
        return any(start < self.get(client, 0) < end for client, start, end in contents.runs)

    def advance(self, contents: Contents) -> None:
        for client, _, end in contents.runs:
            self[client] = max(end, self.get(client, 0))


def inspect(update: bytes) -> Contents:
    """Read an update (format v1) without applying it.

    Raises `MalformedFrame` or its kinds `ForeignContent` and `UnknownPassage`. Checking first
    means that nothing has to be taken back: a document holds only what can be shown.
    """
    reader = Reader(update)
    contents = Contents()
    for _ in range(reader.uint()):
        blocks, client, clock = reader.uint(), reader.uint(), reader.uint()
        start = clock
        for _ in range(blocks):
            info = reader.byte()
            if info == _SKIP:
                contents.runs.append(Run(client, start, clock))
                start = clock = clock + reader.uint()
            else:
                clock += _read_block(reader, info, Id(client, clock), contents)
            _check_clock(clock)
        contents.runs.append(Run(client, start, clock))
    _read_deletions(reader, contents)
    reader.finish()
    return contents


def _read_block(reader: Reader, info: int, block: Id, contents: Contents) -> int:
    """Return the length of one block, in Yjs' unit: UTF-16 code units."""
    kind = info & _CONTENT
    if info != _GONE:
        _read_place(reader, info, block, contents)
    if kind == _STRING:
        contents.adds_text = True
        text = reader.text()
        length = utf16_length(text)
        if length > len(text):
            contents.halves += _halves(text, block)
    elif kind == _DELETED or info == _GONE:
        length = reader.uint()
    else:
        msg = "only plain text may be shared here"
        raise ForeignContent(msg)
    if length == 0:
        msg = "a block is empty"
        raise MalformedFrame(msg)
    return length


def _read_place(reader: Reader, info: int, block: Id, contents: Contents) -> None:
    left = _read_neighbour(reader, block, contents) if info & _HAS_LEFT else None
    right = _read_neighbour(reader, block, contents) if info & _HAS_RIGHT else None
    if left is not None:
        if left == right:
            msg = "nothing fits between a character and itself"
            raise MalformedFrame(msg)
        contents.edges.append(Id(left.client, left.clock + 1))
    if right is not None:
        contents.edges.append(right)
    if info & (_HAS_LEFT | _HAS_RIGHT):
        return
    # Without a neighbour the block names its parent: a root by name (1), or another block (0).
    if reader.uint() != 1 or info & _IN_MAP:
        msg = "text may only stand directly in a passage"
        raise ForeignContent(msg)
    contents.passages.add(check_name(reader.text()))


def _read_neighbour(reader: Reader, block: Id, contents: Contents) -> Id:
    neighbour = Id(reader.uint(), reader.uint())
    if neighbour.client == block.client and neighbour.clock >= block.clock:
        msg = "a block names a neighbour that comes after it"
        raise MalformedFrame(msg)
    contents.need(neighbour.client, neighbour.clock + 1)
    return neighbour


def _halves(text: str, block: Id) -> Iterator[Id]:
    clock = block.clock
    for character in text:
        clock += 1
        if character > LAST_OF_ONE_UNIT:
            yield Id(block.client, clock)
            clock += 1


def _read_deletions(reader: Reader, contents: Contents) -> None:
    for _ in range(reader.uint()):
        client = reader.uint()
        for _ in range(reader.uint()):
            start = reader.uint()
            end = start + reader.uint()
            _check_clock(end)
            contents.need(client, end)
            contents.edges += (Id(client, start), Id(client, end))


def _check_clock(clock: int) -> None:
    if clock > _LAST_CLOCK:
        msg = "a clock is too large"
        raise MalformedFrame(msg)


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
