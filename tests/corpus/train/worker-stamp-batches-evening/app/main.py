import time

from press.orders import waves
from press.plates import Plates
from press.worker import Worker

plates = Plates(most=70)


def day(sizes):
    worker = Worker(plates, at_most=400)
    worker.start()
    for wave in waves(designs=110, sizes=sizes):
        for order in wave:
            worker.orders.put(order)
        worker.orders.join()
        time.sleep(0.02)
    worker.orders.put(None)
    worker.join()
    return worker.printed


if __name__ == "__main__":
    print(day([*(8 + wave % 9 for wave in range(40)), 390, *(6 + wave % 5 for wave in range(25))]))
