import asyncio
import logging

import uvicorn
from quotes.app import create_app
from quotes.brokers import broker


class Server(uvicorn.Server):
    def install_signal_handlers(self):
        """The one who started us ends us."""


async def morning(brokers, ships):
    app = create_app()
    server = Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    answers = await asyncio.gather(*(broker(number, port, ships) for number in range(brokers)))
    server.should_exit = True
    await serving
    return sum(quoted for quoted, _ in answers), sum(refused for _, refused in answers)


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    print("%d quoted, %d refused" % asyncio.run(morning(brokers=6, ships=340)))
