import asyncio
import time

from darts.boards import Board
from darts.server import League


def play(address, boards, rounds):
    evening = [Board(number, address) for number in range(boards)]
    for _ in range(rounds):
        for board in evening:
            board.throw()
        time.sleep(0.012)  # they fetch their darts
    for board in evening:
        board.leave()


async def main(boards=48, rounds=200):
    server = await asyncio.get_running_loop().create_server(League, "127.0.0.1", 0)
    async with server:
        await asyncio.to_thread(play, server.sockets[0].getsockname(), boards, rounds)
        while League.connected:
            await asyncio.sleep(0.01)
    return League.totals


if __name__ == "__main__":
    totals = asyncio.run(main())
    print(len(totals), "boards, best", max(totals.values()))
