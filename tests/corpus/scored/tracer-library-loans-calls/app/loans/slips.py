import zlib
from dataclasses import dataclass


@dataclass
class Slip:
    reader: int
    book: str
    due: int
    face: str


def printed(reader, book, due):
    """A slip as the printer at the counter takes it: rows of letters and a pattern to scan."""
    code = zlib.crc32(f"{reader}/{book}/{due}".encode())
    rows = [f"{book:<40}reader {reader:>6}  due {due:>5}"]
    rows += [f"{(code << 40) ^ code >> row:072b}" for row in range(8)] * 5
    return Slip(reader, book, due, "\n".join(rows))
