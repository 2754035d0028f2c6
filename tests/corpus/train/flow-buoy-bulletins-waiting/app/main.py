"""Reads bulletins of drifting buoys from a socket and files them in a database."""

import sys
from threading import Thread

from sea.archive import Archive
from sea.inbox import Inbox
from sea.sender import Sender


def main(bulletins):
    sender = Sender(bulletins)
    with Archive(":memory:") as archive:
        inbox = Inbox(sender.address)
        filing = Thread(target=archive.file, args=(inbox.sorted,), name="filing")
        filing.start()
        received = inbox.receive()
        filing.join()
        print(received, archive.filed, *archive.warmest())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]) if sys.argv[1:] else (14_000,))
