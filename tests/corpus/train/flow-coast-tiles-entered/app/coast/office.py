import asyncio
import subprocess
import sys
import zlib
from contextlib import contextmanager

import numpy as np

SIDE = 128
AT_ONCE = 12


@contextmanager
def depths_served():
    """The office's server beside us, and its port."""
    command = [sys.executable, "depths.py"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield int(server.stdout.readline())
        finally:
            server.terminate()


class Office:
    """A client of the office that keeps its lines open and asks on a dozen of them at once."""

    def __init__(self, port):
        self._port = port
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._idle = []

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        for _, writer in self._idle:
            writer.close()

    async def soundings(self, column, row):
        """Depths in decimetres of one tile."""
        async with self._turn:
            line = self._idle.pop() if self._idle else await asyncio.open_connection("127.0.0.1", self._port)
            reader, writer = line
            writer.write(f"{column} {row}\n".encode())
            packed = await reader.readexactly(int.from_bytes(await reader.readexactly(4), "big"))
            self._idle.append(line)
        return np.frombuffer(zlib.decompress(packed), "<u2").reshape(SIDE, SIDE)
