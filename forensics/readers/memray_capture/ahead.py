"""Doing the next piece of work on another thread while this one is used."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import suppress

_DEPTH = 2


def ahead(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, made up to two ahead on a thread; its exceptions are raised here.

    Decompression and the compiled loops hold no interpreter lock, so both cores are used. The
    thread ends when this iterator is closed.
    """
    made: queue.Queue[bytes | BaseException | None] = queue.Queue(_DEPTH)
    stop = threading.Event()

    def put(thing: bytes | BaseException | None) -> None:
        while not stop.is_set():
            with suppress(queue.Full):
                made.put(thing, timeout=0.1)
                return

    def work() -> None:
        try:
            for piece in pieces:
                put(piece)
                if stop.is_set():
                    return
        except BaseException as error:  # handed on, whatever it is
            put(error)
        else:
            put(None)

    worker = threading.Thread(target=work, name="memray-capture-reader", daemon=True)
    worker.start()
    try:
        while (piece := made.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        stop.set()
        worker.join()
