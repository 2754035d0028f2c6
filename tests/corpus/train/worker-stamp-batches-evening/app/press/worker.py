import queue
import threading
import time
import zlib


def print_stamp(plate, order):
    """The plate with the value struck into its corner."""
    stamp = bytearray(plate)
    stamp[: 340 * 24] = bytes([order.value % 256]) * (340 * 24)
    return stamp


class Worker(threading.Thread):
    """Takes what waits in the queue and sends it to the printer as one sheet."""

    def __init__(self, plates, at_most):
        super().__init__(name="press")
        self.orders = queue.Queue()
        self.sheets = 0
        self.printed = 0
        self._plates = plates
        self._at_most = at_most

    def run(self):
        while (batch := self._batch()) is not None:
            stamps = [print_stamp(self._plates.of(order.design), order) for order in batch]
            self._send(stamps)
            for _ in batch:
                self.orders.task_done()

    def _batch(self):
        first = self.orders.get()
        if first is None:
            return None
        batch = [first]
        while len(batch) < self._at_most and not self.orders.empty():
            batch.append(self.orders.get())
        return batch

    def _send(self, stamps):
        time.sleep(0.02)
        self.printed += len(stamps)
        self.sheets = zlib.crc32(b"%d" % self.sheets, sum(stamp[0] for stamp in stamps))
