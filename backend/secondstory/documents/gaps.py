"""What a peer still has to tell us, because an update of theirs built upon something unknown."""

from dataclasses import dataclass
from typing import Final

from secondstory.documents.protocol import Kind
from secondstory.documents.wire import MalformedFrame

# A client that answers this often with something that does not fit never will.
_MOST: Final = 3


@dataclass(slots=True)
class Gaps:
    """The gaps of one peer."""

    asked: bool = False
    """We have asked for what we miss, and wait for the answer."""
    _answers: int = 0
    """So many answers in a row did not fit."""
    _updates: int = 0
    """So many updates wait for an answer that will hold them too."""

    def open(self, kind: Kind) -> bool:
        """Note what does not fit; tell whether to ask for what is missing.

        Raises `MalformedFrame` when asking has not helped.
        """
        self._updates += 1
        if self.asked:
            return False
        if kind is Kind.MISSING:
            self._answers += 1
            if self._answers > _MOST:
                msg = "this update builds upon something that nobody knows"
                raise MalformedFrame(msg)
        self.asked = True
        return True

    def close(self) -> int:
        """Note an answer that fits; return how many updates it holds that had to wait."""
        held, self._updates, self._answers = self._updates, 0, 0
        return held
