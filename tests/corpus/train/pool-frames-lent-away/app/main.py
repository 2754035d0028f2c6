"""A station in a forest takes pictures from the cameras around it."""

import asyncio

from cameras import camera
from station import Station

station = Station()


async def night(cameras, pictures):
    server = await asyncio.start_server(station.serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        through = await asyncio.gather(*(camera(n, port, pictures) for n in range(cameras)))
    return sum(through)


if __name__ == "__main__":
    print(asyncio.run(night(cameras=8, pictures=90)), "pictures,", station.frames)
