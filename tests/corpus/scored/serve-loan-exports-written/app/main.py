import socket
import time
from threading import Thread

import uvicorn
from lending.app import make_app
from lending.office import fetch


def main():
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app("loans.db"), log_level="warning", lifespan="off"))
    serving = Thread(target=server.run, args=([listening],))
    serving.start()
    while not server.started:
        time.sleep(0.02)
    print(fetch(listening.getsockname()[1], (2020, 2021, 2022), times=3))
    server.should_exit = True
    serving.join()


if __name__ == "__main__":
    main()
