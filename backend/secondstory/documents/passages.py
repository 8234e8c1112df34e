"""Which texts a document may hold: the names of its passages."""

import re
from typing import Final

from secondstory.documents.wire import MalformedFrame

_ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_NAMES = (
    f"summary|events/{_ID}/text|whys/{_ID}/(?:answer|expectation|assumption)|takeaways/{_ID}/text"
)
_NAME = re.compile(_NAMES)
NAME_PATTERN: Final = f"^(?:{_NAMES})$"
LONGEST_NAME: Final = 60
# Far above any real incident; keeps what one document costs in memory and rows bounded.
MAX_PASSAGES: Final = 5000


class UnknownPassage(MalformedFrame):
    """A name that is none of a passage."""


def check_name(name: str) -> str:
    """Return the name. Raises `UnknownPassage` unless it is one of DOMAIN's passage names."""
    if not _NAME.fullmatch(name):
        msg = "this is not the name of a passage"
        raise UnknownPassage(msg)
    return name
