"""A morning at the ticket desk of a museum, played against its web application."""

import asyncio

from desk.visitors import groups
from desk.web import create_app
from httpx import ASGITransport, AsyncClient


async def morning(app, count):
    printed = 0
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://desk") as client:
        for group in groups(count):
            answer = await client.post("/tickets", json=group)
            answer.raise_for_status()
            printed += len(answer.content)
        hours = (await client.get("/hours")).json()
    return printed, hours["closes"]


if __name__ == "__main__":
    print(asyncio.run(morning(create_app(), 640)))
