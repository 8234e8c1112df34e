"""The people of a room, and what each of them is told: encoded once, written once for each."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from secondstory.documents.gate import Effect, Receipt
from secondstory.documents.peer import Peer
from secondstory.documents.protocol import CloseCode, missing_frame, saved_frame, update_frame
from secondstory.documents.replica import merged
from secondstory.platform.sockets import binary_frame


class _Answer(NamedTuple):
    """What somebody asked for, and what has been shown since."""

    number: int
    missing: bytes
    held: list[bytes]


class Audience:
    """Tells only what may show: that it is on disk is its caller's business."""

    def __init__(self) -> None:
        # Everybody, with what of their writing is on disk.
        self._saved: dict[Peer, Receipt] = {}
        # Those to whom updates make sense: they have been given all that came before.
        self._following: dict[Peer, None] = {}
        # For those who wait for just that: the last only, or asking on and on would fill memory.
        self._answers: dict[Peer, _Answer] = {}
        self._asked = 0

    def __len__(self) -> int:
        return len(self._saved)

    def __contains__(self, peer: object) -> bool:
        return peer in self._saved

    def __iter__(self) -> Iterator[Peer]:
        return iter(self._saved)

    def add(self, peer: Peer) -> None:
        self._saved[peer] = Receipt()

    def remove(self, peer: Peer) -> None:
        for people in (self._saved, self._following, self._answers):
            people.pop(peer, None)

    def send_away(self, code: CloseCode, reason: str) -> None:
        """Close everybody's connection."""
        for peer in self._saved:
            peer.close(code, reason)

    def tell(self, frame: bytes) -> None:
        """Write a frame to everybody, if there is anything in it."""
        if frame:
            for peer in self._saved:
                peer.write(frame)

    def prepare(self, peer: Peer, missing: bytes) -> Effect:
        """Keep updates back from somebody until they have got their answer: what is returned.

        Then they get what they lacked, what came since, and from now on every update. One that came
        before the text it builds upon would leave it to the client to wait for the rest.
        """
        self._following.pop(peer, None)
        self._asked += 1
        self._answers[peer] = _Answer(self._asked, missing, [])
        return partial(self._answer, peer, self._asked)

    def _answer(self, peer: Peer, number: int) -> None:
        answer = self._answers.get(peer)
        if answer is None or answer.number != number:
            return
        del self._answers[peer]
        peer.send(missing_frame(answer.missing))
        for frame in answer.held:
            peer.write(frame)
        self._following[peer] = None

    def show(
        self, updates: Sequence[bytes], receipts: Mapping[Peer, Receipt], news: bytes = b""
    ) -> None:
        """Show updates to everybody, tell those who wrote them, and add a frame of news."""
        text = binary_frame(update_frame(merged(updates)))
        frames = text + news
        # This loop is what a full room costs.
        for peer in self._following:
            if peer not in receipts:
                peer.write(frames)
        for author, receipt in receipts.items():
            # Who is the only author has all of it already.
            is_shown = author in self._following and len(receipts) > 1
            author.write((frames if is_shown else news) + self._confirmation(author, receipt))
        for answer in self._answers.values():
            answer.held.append(text)
        if news:
            for peer in self._saved.keys() - self._following.keys() - receipts.keys():
                peer.write(news)

    def confirm(self, author: Peer, receipt: Receipt) -> None:
        """Tell an author that something is on disk."""
        author.write(self._confirmation(author, receipt))

    def _confirmation(self, author: Peer, receipt: Receipt) -> bytes:
        if (saved := self._saved.get(author)) is None:
            return b""
        saved.add(receipt)
        return binary_frame(saved_frame(saved.clocks, saved.updates))
