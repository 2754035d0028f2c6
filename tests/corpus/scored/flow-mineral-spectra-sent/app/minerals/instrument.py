"""Stands for the spectrometer: for each depth sixteen repeats of 2,151 bands, as two-byte counts."""

import socketserver
import time
from contextlib import contextmanager
from threading import Thread

import numpy as np

BANDS, REPEATS = 2_151, 16
AT = (480, 900, 1_400, 1_910, 2_205)


class Instrument(socketserver.StreamRequestHandler):
    def handle(self):
        depth = int(self.rfile.readline())
        numbers = np.random.default_rng(depth)
        bands = np.arange(350, 350 + BANDS)
        dip = 900 * np.exp(-(((bands - AT[depth // 9 % len(AT)]) / 14) ** 2))
        counts = 3_000 - dip + numbers.integers(0, 60, BANDS)
        time.sleep(0.004)  # the lamp
        self.wfile.write(np.repeat(counts.astype("<u2")[None], REPEATS, axis=0).tobytes())


@contextmanager
def measuring():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Instrument) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address
        server.shutdown()
