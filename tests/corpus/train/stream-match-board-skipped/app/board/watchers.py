import asyncio
import socket


class Watchers:
    def __init__(self, port, minutes, reading, idle):
        self._port = port
        self._last = f'{{"minute": {minutes - 1},'.encode()
        self._reading = reading
        self._idle = idle
        self._sockets = []
        self._tasks = []

    async def __aenter__(self):
        for _ in range(self._idle):
            silent = socket.socket()
            silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
            silent.setblocking(False)
            await asyncio.get_running_loop().sock_connect(silent, ("127.0.0.1", self._port))
            self._sockets.append(silent)
        for _ in range(self._reading):
            self._tasks.append(asyncio.create_task(self._read()))
        return self

    async def _read(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        lines = 0
        while not (await reader.readuntil(b"\n")).startswith(self._last):
            lines += 1
        writer.close()
        return lines + 1

    async def lines_read(self):
        return await asyncio.gather(*self._tasks)

    async def __aexit__(self, *error):
        for silent in self._sockets:
            silent.close()
