"""A board of live scores over TCP; some of those who watch have stopped reading."""

import asyncio

from board.match import match
from board.server import Board
from board.watchers import Watchers


async def afternoon(minutes):
    board = Board()
    async with await board.listen() as server:
        port = server.sockets[0].getsockname()[1]
        async with Watchers(port, minutes, reading=4, idle=18) as watchers:
            await board.attended(22)
            for state in match(minutes):
                await board.publish(state)
            return await watchers.lines_read()


if __name__ == "__main__":
    print(asyncio.run(afternoon(480)))
