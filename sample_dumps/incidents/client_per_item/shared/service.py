"""The film list: titles from SQLite, each enriched by a film database on the web."""

import asyncio
import os
import sqlite3

from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from enrich import enriched

FILMS = int(os.environ.get("FILMS", "1000"))


def open_database() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.execute("create table film (id integer primary key, title text, genre text, poster text)")
    rows = [(f"The Return of Number {i}", "drama", f"/posters/{i}.jpg") for i in range(FILMS)]
    database.executemany("insert into film (title, genre, poster) values (?, ?, ?)", rows)
    return database


database = open_database()


def films(limit: int) -> list[dict]:
    rows = database.execute("select title, genre, poster from film limit ?", (limit,))
    return [{"title": title, "genre": genre, "poster": poster} for title, genre, poster in rows]


async def health(request):
    return PlainTextResponse("ok")


async def movies(request):
    rows = films(int(request.query_params.get("limit", FILMS)))
    return JSONResponse(await asyncio.gather(*(enriched(film) for film in rows)))


app = Starlette(routes=[Route("/health", health), Route("/movies", movies)])
