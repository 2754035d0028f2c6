"""Run the service on loopback until its home page was asked for once.

    python drive.py http|https [REQUESTS]

The film database on the web is a process of its own, and so is the browser.
"""

import asyncio
import os
import sys
from pathlib import Path

BESIDE = Path(__file__).parent


async def start_film_database(scheme: str) -> asyncio.subprocess.Process:
    """Start it and put its address into the environment."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(BESIDE / "film_database.py"), scheme, stdout=asyncio.subprocess.PIPE
    )
    address, certificate = (await process.stdout.readline()).decode().split()
    os.environ["FILM_DATABASE"] = address
    os.environ["SSL_CERT_FILE"] = certificate
    return process


async def main(scheme: str, requests: str) -> None:
    film_database = await start_film_database(scheme)
    import uvicorn

    from service import app

    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    browser = await asyncio.create_subprocess_exec(
        sys.executable, str(BESIDE / "browser.py"), str(port), requests
    )
    await browser.wait()
    film_database.kill()
    await film_database.wait()
    server.should_exit = True
    await serving


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "1"))
