"""Takes pictures from a camera at a gate, reads the number plates and keeps a small picture of each car."""

import queue
import threading

from camera import pictures
from plates import Reader


def serve():
    inbox = queue.Queue(maxsize=10)
    reader = Reader(inbox)
    worker = threading.Thread(target=reader.work)
    worker.start()
    for picture in pictures(500):
        inbox.put(picture)
    inbox.put(None)
    worker.join()
    return reader


if __name__ == "__main__":
    reader = serve()
    print(len(reader.cars))
