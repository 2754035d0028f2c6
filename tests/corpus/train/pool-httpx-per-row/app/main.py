"""Checks the links of a list, one row at a time."""

import asyncio

from links import check_all
from website import website


async def run():
    async with website() as url:
        return await check_all(url, rows=6)


if __name__ == "__main__":
    print(asyncio.run(run()))
