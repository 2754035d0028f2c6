import mmap
import struct

RECORD = struct.Struct("<qddddd")
STARS = 20_000


def records_of(path):
    with open(path, "rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


class Plates:
    """The records of all nights in one file, by night and star."""

    def __init__(self, path):
        self._records = records_of(path)

    @property
    def nights(self):
        return len(self._records) // (RECORD.size * STARS)

    def night(self, number):
        begin = number * STARS * RECORD.size
        return self._records[begin : begin + STARS * RECORD.size]

    def seen(self, night, star):
        return RECORD.unpack_from(self._records, (night * STARS + star) * RECORD.size)
