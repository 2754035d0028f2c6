"""Takes in the passages of the day while the ships are at the pier."""

import hashlib
import time
from collections import Counter


class Stub:
    """What is left of a ticket once its passage is settled: a receipt that may be asked for tonight."""

    __slots__ = ("receipt",)

    def __init__(self, message):
        digest = hashlib.sha256(message).hexdigest()
        self.receipt = b"%s %s" % (message[:40], digest.encode() * 8)


class Evening:
    def __init__(self, gates):
        self._gates = gates
        self.stubs = {}
        self.classes = Counter()

    def take_in(self, passages):
        """All messages are needed together, as a ticket may pass a second gate at any time of the day."""
        messages = []
        for number in range(passages):
            message = self._gates.message(number)
            messages.append(message)
            if number % 2 == 0:
                self.stubs[number] = Stub(message)
            if number % 500 == 0:
                time.sleep(0.01)
        self._settle(messages)

    def _settle(self, messages):
        for message in messages:
            self.classes[message[16:17]] += 1
        time.sleep(0.3)

    def answer(self, question):
        """Whether somebody has passed, for the desk that is open until midnight."""
        time.sleep(0.002)
        stub = self.stubs.get(question * 17 % 30_000)
        return stub is not None and len(stub.receipt)
