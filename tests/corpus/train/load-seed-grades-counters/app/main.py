import json
import random
from http.client import HTTPConnection
from threading import Barrier, Thread

from grading.service import serving

COUNTERS = 6
MEASURES = 7


class Scales(Thread):
    """Scales keep their line to the service open all day, and ask for a grade with every lot."""

    def __init__(self, number, address, opened):
        super().__init__(name=f"counter {number}")
        self._dice = random.Random(number)
        self._address = address
        self._opened = opened
        self.lots = 0

    def run(self):
        line = HTTPConnection(*self._address)
        for number in range(30):
            self._weigh(line, number)
            if number == 0:
                self._opened.wait()
        self._opened.wait()
        line.close()

    def _weigh(self, line, number):
        samples = [[round(self._dice.random(), 3) for _ in range(MEASURES)] for _ in range(8)]
        line.request("POST", "/grade", json.dumps({"number": number, "samples": samples}))
        self.lots += len(json.load(line.getresponse())["grades"]) == len(samples)


def main():
    opened = Barrier(COUNTERS)
    with serving() as address:
        counters = [Scales(number, address, opened) for number in range(COUNTERS)]
        for counter in counters:
            counter.start()
        for counter in counters:
            counter.join()
    print(sum(counter.lots for counter in counters))


if __name__ == "__main__":
    main()
