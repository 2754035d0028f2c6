"""A small task queue in one process: ``task`` makes a function one that can be sent for."""

import functools
import itertools
import queue
import threading
from dataclasses import dataclass, field
from typing import Any

KEPT = 24


@dataclass
class Outcome:
    state: str = "waiting"
    value: Any = None
    done: threading.Event = field(default_factory=threading.Event)


class Results:
    """What came of each task, for whoever asks by its number."""

    def __init__(self):
        self._outcomes = {}

    def open(self, number):
        self._outcomes[number] = Outcome()

    def store(self, number, value, state="done"):
        outcome = self._outcomes[number]
        outcome.value, outcome.state = value, state
        outcome.done.set()

    def get(self, number, timeout=30):
        outcome = self._outcomes[number]
        outcome.done.wait(timeout)
        self._expire()
        return outcome.value

    def _expire(self):
        """The dict is in the order of the numbers: what is old comes first."""
        while len(self._outcomes) > KEPT and next(iter(self._outcomes.values())).done.is_set():
            del self._outcomes[next(iter(self._outcomes))]


results = Results()
_waiting = queue.Queue(maxsize=32)
_numbers = itertools.count(1)


def task(function):
    def delay(*arguments):
        number = next(_numbers)
        results.open(number)
        _waiting.put((number, function, arguments))
        return number

    function.delay = delay
    return functools.wraps(function)(function)


def work():
    while True:
        number, function, arguments = _waiting.get()
        try:
            results.store(number, function(*arguments))
        except ValueError as error:
            results.store(number, error, state="failed")


def start(workers):
    for place in range(workers):
        threading.Thread(target=work, name=f"worker-{place}", daemon=True).start()
