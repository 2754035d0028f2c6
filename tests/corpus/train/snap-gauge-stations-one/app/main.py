"""The night's round: every gauge is asked for the levels of the day, and floods are reported."""

import asyncio
import subprocess
import sys

from gauges.network import Network
from gauges.reader import Reader
from gauges.round import night

if __name__ == "__main__":
    network = Network("rivers.xml")
    with subprocess.Popen([sys.executable, "loggers.py"], stdout=subprocess.PIPE, text=True) as loggers:
        reader = Reader(f"http://127.0.0.1:{loggers.stdout.readline().strip()}")
        print(asyncio.run(night(network, reader, every=4)))
        loggers.terminate()
