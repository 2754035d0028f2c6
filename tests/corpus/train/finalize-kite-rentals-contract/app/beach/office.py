import time
import weakref

from beach.camera import gust
from beach.terms import sign


def settle(till, kite, hours):
    """The deposit goes back; whatever happens to the contract, it has to."""
    till[kite] = till.get(kite, 0) + 12 * hours


class Office:
    def __init__(self, kites):
        self.kites = kites
        self.till = {}
        self.unsigned = 0
        self.album = []

    def rent(self, number):
        contract = sign(number, self.kites[number % len(self.kites)])
        back = weakref.finalize(contract, settle, self.till, contract.kite, 1 + number % 4)
        self.unsigned += not contract.is_signed()
        if number % 4 == 3:
            self.album.append(gust(number))
        time.sleep(0.0006)  # the wind
        return back


office = Office(("delta", "sled", "foil", "bow"))
