import itertools
import threading

from laboratory.analysers import Analyser
from laboratory.results import results
from laboratory.samples import tray


def main():
    waiting = itertools.chain.from_iterable(tray(number) for number in range(25))
    lock = threading.Lock()
    analysers = [Analyser(number, waiting, lock) for number in range(8)]
    for analyser in analysers:
        analyser.start()
    for analyser in analysers:
        analyser.join()
    areas = results.areas()
    print(len(areas), f"{min(areas):.3f} to {max(areas):.3f}")


main()
