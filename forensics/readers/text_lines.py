"""Lines of a text dump: numbered, bounded, and readable whatever their bytes."""

from __future__ import annotations

from collections.abc import Iterator

from forensics.capture import Health
from forensics.errors import BadDump, TooLarge
from forensics.readers.source import HEAD_BYTES, TRUST, Source

#: Longer lines are refused: no stack of any format here comes near.
LONGEST_LINE_BYTES = 1 << 20
#: What some editors and shells write in front of UTF-8.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: Counts from here on do not fit the tables.
COUNT_LIMIT = 1 << 63
#: What a compressed text may have of lines, whichever is more: this many, or one for so many bytes on disk.
#: Real dumps have one for 10 bytes and more; far more of them is the same few over and over.
LINES_FREE, BYTES_PER_LINE = 1 << 20, 4


class TextLines:
    """Iterates over the lines of a text dump, decompressed, without their line ends.

    Bytes that are no UTF-8 appear as ``\\xNN``. Raises TooLarge at a line of more than 1 MiB and at more
    lines than compressed text of its size can have, and BadDump at a NUL byte. Where a compressed
    stream ends early, iteration ends and ``fault`` says so.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        #: 1-based number of the line that was given last.
        self.number = 0
        #: True once the last line was given and the file does not end in a line end.
        self.unterminated = False
        #: Why the stream ended before its time, if it did.
        self.fault: BadDump | None = None

    def __iter__(self) -> Iterator[str]:
        for block in self._blocks():
            text = block if self.number else block.removeprefix(BYTE_ORDER_MARK)
            lines = text.decode("utf-8", "backslashreplace").split("\n")
            if b"\r" in text:
                lines = [line.rstrip("\r") for line in lines]
            nul = b"\0" in text
            self._check_lines(len(lines))
            for line in lines:
                self.number += 1
                if nul and "\0" in line:
                    raise self.bad("holds a NUL byte, so this is not the text that was written")
                yield line

    def _check_lines(self, more: int) -> None:
        source = self.source
        most = max(LINES_FREE, source.size // BYTES_PER_LINE)
        if source.compression and source.max_expansion_bytes is None and self.number + more > most:
            raise TooLarge(source.path, f"expands to more than {most} lines", TRUST)

    def bad(self, fault: str, remedy: str = "fetch the file again") -> BadDump:
        """The error that names the line just given."""
        return BadDump(self.source.path, f"line {self.number} {fault}", remedy)

    def count(self, digits: str) -> int:
        """The number in these digits. Raises BadDump where it is none, negative, or 2**63 and more."""
        if len(digits) < 19 and digits.isdecimal() and digits.isascii():
            return int(digits)
        if not (digits.removeprefix("-").isdecimal() and digits.isascii()):
            raise self.bad(f"holds no number ({digits[:24]!r}) where a count has to be")
        if digits.startswith("-"):
            raise self.bad(f"holds a negative count ({digits[:24]})")
        if len(digits) > 19 or int(digits) >= COUNT_LIMIT:
            raise self.bad(f"holds a count beyond 2**63 ({digits[:24]}…)")
        return int(digits)

    def health(self, missing: str = "") -> Health:
        """Whole, or cut where the stream ended early or ``missing`` says what is not there."""
        if self.fault is not None:
            return Health(state="cut", detail=f"{self.fault.fault} after line {self.number}")
        return Health(state="cut", detail=missing) if missing else Health()

    def _blocks(self) -> Iterator[bytes]:
        """Whole lines, many at once, without the last line end."""
        pending = b""
        try:
            for chunk in self.source.chunks():
                lines, ended, rest = chunk.rpartition(b"\n")
                if ended:
                    yield pending + lines
                    pending = rest
                else:
                    pending += rest
                if len(pending) > LONGEST_LINE_BYTES:
                    raise TooLarge(
                        self.source.path,
                        f"line {self.number + 1} is longer than {LONGEST_LINE_BYTES} bytes",
                        "no dump of this format has such a line",
                    )
        except TooLarge:
            raise
        except BadDump as fault:
            self.fault = fault
        if pending:
            self.unterminated = True
            yield pending


def head_lines(source: Source) -> list[str]:
    """The lines within the first 64 KiB, a last one that is cut off there left out; [] if binary."""
    head = source.head.removeprefix(BYTE_ORDER_MARK)
    if b"\0" in head:
        return []
    lines = head.decode("utf-8", "backslashreplace").split("\n")
    goes_on = len(source.head) >= HEAD_BYTES
    return [line.rstrip("\r") for line in (lines[:-1] if goes_on else lines)]


def first_line(source: Source) -> str:
    """The first line that is not blank, '' where there is none within the first 64 KiB."""
    head = source.head.removeprefix(BYTE_ORDER_MARK).lstrip(b" \t\r\n")
    line, _, _ = head.partition(b"\n")
    return "" if b"\0" in line else line.decode("utf-8", "backslashreplace").rstrip("\r")
