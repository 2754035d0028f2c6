import asyncio

from hall.buyers import buyer
from hall.office import Office


async def presale(buyers, looks):
    office = Office(seats=800)
    server = await asyncio.start_server(office.serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        sold = await asyncio.gather(*(buyer(number, port, looks) for number in range(buyers)))
    return sum(sold)


if __name__ == "__main__":
    print(asyncio.run(presale(buyers=12, looks=350)), "seats sold")
