"""Takes pictures from a camera at a gate and reads the number plates."""

import queue
import threading
import time

from camera import pictures
from plates import Reader


def serve():
    inbox = queue.Queue()
    reader = Reader(inbox)
    threading.Thread(target=reader.work, daemon=True).start()
    for picture in pictures(500):
        inbox.put(picture)
        time.sleep(0.002)
    return inbox, reader


if __name__ == "__main__":
    inbox, reader = serve()
    print(inbox.qsize() > 0, len(reader.plates) > 0)
