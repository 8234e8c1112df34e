"""Logs as several people would write them, with a clock that the test moves."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from pycrdt import Doc, Text, TransactionEvent

from secondstory.documents.replay import LoggedUpdate
from secondstory.documents.text import texts_of

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
PASSAGES = ("summary", *(f"events/0197f0c2-5b1e-7c3a-9d2e-00000000000{n}/text" for n in range(2)))


class LogMaker:
    """A document, the log of it, and how every passage read after each row."""

    def __init__(self) -> None:
        self.log: list[LoggedUpdate] = []
        self.texts: list[Mapping[str, str]] = [{}]
        self.now = START
        self._docs: dict[int, Doc[Text]] = {}

    def wait(self, **duration: float) -> None:
        self.now += timedelta(**duration)

    def write(
        self,
        name: str,
        passage: str,
        at: int,
        text: str,
        *,
        remove: int = 0,
        client: int = 0,
        at_once: bool = False,
    ) -> None:
        """Replace `remove` characters of a passage; each person has a Yjs client of their own."""
        client = client or int.from_bytes(name.encode()[:3])
        doc = self._docs.setdefault(client, Doc(client_id=client))
        for row in self.log:
            doc.apply_update(row.update)
        produced: list[bytes] = []

        def keep(event: TransactionEvent) -> None:
            produced.append(event.update)

        subscription = doc.observe(keep)
        target = doc.get(passage, type=Text)
        with doc.transaction():
            if remove:
                del target[at : at + remove]
            if text:
                target.insert(at, text)
        doc.unobserve(subscription)
        for update in produced:
            seq = len(self.log) + 1
            row = LoggedUpdate(seq, update, author_id(name), name, at_once, self.now, self.now)
            self.log.append(row)
            self.texts.append({name: str(text) for name, text in texts_of(doc).items()})

    def text_at(self, seq: int, passage: str) -> str:
        return self.texts[seq].get(passage, "")


def author_id(name: str) -> UUID:
    return UUID(int=int.from_bytes(name.encode()))


def random_log(rng: random.Random, rows: int) -> LogMaker:
    """Three people write here and there, one of them in two tabs, with long and short pauses."""
    maker = LogMaker()
    for _ in range(rows):
        maker.wait(seconds=rng.choice([0.2, 1, 5, 70, 200, 299, 301, 900]))
        passage = rng.choice(PASSAGES)
        length = len(maker.text_at(len(maker.log), passage))
        at = rng.randrange(length + 1)
        remove = min(rng.choice([0, 0, 0, 1, 4]), length - at)
        text = "" if remove and rng.random() < 0.5 else rng.choice("abc") * rng.randrange(1, 3)
        name = rng.choice(["Ada", "Ada", "Grace", "Lin"])
        tab = 1000 if name == "Ada" and rng.random() < 0.3 else 0
        at_once = rng.random() < 0.1
        maker.write(name, passage, at, text, remove=remove, client=tab, at_once=at_once)
    return maker
