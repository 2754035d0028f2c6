import asyncio

from api import app
from loopback import form, post


def lines(first, count):
    for start in range(first, first + count, 400):
        rows = (
            f"A-{number:09d}-{'x' * (number % 60)};{number % 9_000}.50\n"
            for number in range(start, start + 400)
        )
        yield "".join(rows).encode()


async def main():
    for number, supplier in enumerate(("north", "south", "east")):
        print(await post(app, "/lists", form(supplier, lines(number * 1_000_000, 60_000 + 20_000 * number))))


if __name__ == "__main__":
    asyncio.run(main())
