import time
import weakref

from beach.terms import sign


def settle(till, contract, hours):
    """The deposit goes back; whatever happens to the office, it has to."""
    till[contract.kite] = till.get(contract.kite, 0) + 12 * hours


class Office:
    def __init__(self, kites):
        self.kites = kites
        self.till = {}
        self.unsigned = 0

    def rent(self, number):
        contract = sign(number, self.kites[number % len(self.kites)])
        back = weakref.finalize(self, settle, self.till, contract, 1 + number % 4)
        self.unsigned += not contract.is_signed()
        time.sleep(0.0006)  # the wind
        return back


office = Office(("delta", "sled", "foil", "bow"))
