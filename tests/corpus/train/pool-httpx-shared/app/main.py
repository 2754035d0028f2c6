"""Checks the links of a list, one row at a time, and keeps the pages for the archive."""

import asyncio

from links import fetch_all
from website import website


async def run():
    async with website() as url:
        return await fetch_all(url, rows=150)


if __name__ == "__main__":
    pages = asyncio.run(run())
    print(len(pages))
