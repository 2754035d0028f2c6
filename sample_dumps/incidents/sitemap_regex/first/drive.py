"""Run the service on loopback until one sitemap is analysed.

    python drive.py PAGES [RESULT.json]

A site with a sitemap of so many pages, and a platform that asks for the health check each second and
gives up after five, run as processes of their own.
"""

import asyncio
import sys
from pathlib import Path

import uvicorn

from service import app

BESIDE = Path(__file__).parent


async def main(pages: str, result: str) -> None:
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    platform = await asyncio.create_subprocess_exec(
        sys.executable, str(BESIDE / "platform_probe.py"), str(port), pages, result
    )
    await platform.wait()
    server.should_exit = True
    await serving


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""))
