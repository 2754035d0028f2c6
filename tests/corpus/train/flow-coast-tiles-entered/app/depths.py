"""Serves soundings of the sea bed in tiles, as the hydrographic office does: two bytes a square, compressed.

Asked for "column row", it answers with the number of bytes in four bytes and then the tile.
"""

import asyncio
import zlib

import numpy as np

SIDE = 128


def packed(column, row):
    slope = np.add.outer(np.arange(SIDE), np.arange(SIDE)) // 3 + 40 * row + 11 * column
    rough = np.random.default_rng(column * 1_000 + row).integers(0, 9, (SIDE // 8, SIDE // 8)).repeat(8, 0)
    return zlib.compress((slope + rough.repeat(8, 1)).astype("<u2").tobytes(), 1)


async def answer(reader, writer):
    async for line in reader:
        tile = packed(*map(int, line.split()))
        writer.write(len(tile).to_bytes(4, "big") + tile)
    writer.close()


async def serve():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
