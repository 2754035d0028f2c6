"""Plot and rating of a film, from the film database on the web."""

import os

import httpx

FILM_DATABASE = os.environ["FILM_DATABASE"]


async def enriched(film: dict) -> dict:
    """The film with its plot and rating; a client of its own fetches them."""
    async with httpx.AsyncClient(timeout=120) as client:
        answer = await client.get(FILM_DATABASE, params={"t": film["title"]})
        return film | answer.json()
