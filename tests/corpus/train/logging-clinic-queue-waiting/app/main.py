import asyncio
import logging
import tempfile
from pathlib import Path

from clinic.devices import device
from clinic.interface import Interface
from clinic.setup import configure


async def shift(devices, results):
    interface = Interface()
    server = await asyncio.start_server(interface.serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        await asyncio.gather(*(device(number, port, results) for number in range(devices)))
    return interface.counts


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        shut_down = configure(Path(directory) / "interface.log")
        print(asyncio.run(shift(devices=9, results=450)).most_common(3))
        shut_down()
        logging.shutdown()
