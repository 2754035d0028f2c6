import io
import struct

LENGTH = struct.Struct(">I")


class Inbox:
    """What has come over one connection, as messages; they may arrive in pieces."""

    def __init__(self):
        self._content = io.BytesIO()
        self._read = 0

    def feed(self, piece):
        self._content.seek(0, io.SEEK_END)
        self._content.write(piece)

    def cut(self):
        """Forget what has been read."""
        self._content = io.BytesIO(self._content.getvalue()[self._read :])
        self._read = 0

    def messages(self):
        """Those that are complete and have not been read before."""
        self._content.seek(self._read)
        while len(head := self._content.read(LENGTH.size)) == LENGTH.size:
            message = self._content.read(*LENGTH.unpack(head))
            if len(message) < LENGTH.unpack(head)[0]:
                break
            self._read = self._content.tell()
            yield message
