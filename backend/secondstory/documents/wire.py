"""Reading and writing lib0's variable-length encoding, in which everything of Yjs travels."""

MAX_SAFE_INTEGER = 2**53 - 1
# Seven bits a byte: a number above 2⁵³ is no number JavaScript could have meant.
_LONGEST_UINT_BITS = 53


class MalformedFrame(ValueError):
    """Bytes that do not follow the encoding, or say what may not be said here."""


class TooLarge(Exception):
    """A frame, or the document with it, would be over its limit. Taking text out still works."""


class Reader:
    """Reads from bytes of strangers: every length is checked before it is believed."""

    __slots__ = ("_at", "_data", "_end")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._end = len(data)

    @property
    def at_end(self) -> bool:
        return self._at >= self._end

    def byte(self) -> int:
        at = self._at
        if at >= self._end:
            msg = "the frame ends too early"
            raise MalformedFrame(msg)
        self._at = at + 1
        return self._data[at]

    def uint(self) -> int:
        number = self.byte()
        if number < 0x80:  # noqa: PLR2004 - the continuation bit; most numbers are one byte
            return number
        number &= 0x7F
        shift = 7
        while True:
            byte = self.byte()
            number |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
            shift += 7
            if shift > _LONGEST_UINT_BITS:
                msg = "a number is too long"
                raise MalformedFrame(msg)
        if number > MAX_SAFE_INTEGER:
            msg = "a number is too large"
            raise MalformedFrame(msg)
        return number

    def blob(self) -> bytes:
        length = self.uint()
        start = self._at
        if length > self._end - start:
            msg = "a length points past the end of the frame"
            raise MalformedFrame(msg)
        self._at = start + length
        return self._data[start : self._at]

    def text(self) -> str:
        try:
            return self.blob().decode()
        except UnicodeDecodeError as error:
            msg = "a text is not UTF-8"
            raise MalformedFrame(msg) from error

    def finish(self) -> None:
        """Raise `MalformedFrame` if anything is left."""
        if not self.at_end:
            msg = "the frame goes on after its message"
            raise MalformedFrame(msg)


def write_uint(number: int) -> bytes:
    encoded = bytearray()
    while number > 0x7F:  # noqa: PLR2004 - what fits beside the continuation bit
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


def write_blob(data: bytes) -> bytes:
    return write_uint(len(data)) + data


def write_text(text: str) -> bytes:
    return write_blob(text.encode())
