import asyncio


async def parcels(count):
    for number in range(count):
        await asyncio.sleep(0)
        yield {"number": number, "delivered": asyncio.Event()}
