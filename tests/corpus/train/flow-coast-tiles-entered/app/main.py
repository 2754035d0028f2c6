import asyncio

from coast.chart import survey
from coast.office import Office, depths_served


async def main(columns, rows):
    with depths_served() as port:
        async with Office(port) as office:
            chart = await survey(office, columns, rows)
    print(f"{chart.mean.mean() / 10:.1f} m, {chart.shallow.mean():.1%} shallow")


if __name__ == "__main__":
    asyncio.run(main(48, 36))
