import asyncio
import itertools
from dataclasses import dataclass, field

from harbour.wording import render


@dataclass
class Listener:
    language: str
    waiting: asyncio.Queue = field(default_factory=asyncio.Queue)


class Hub:
    """Gives every movement to everybody who listens, in their language."""

    def __init__(self):
        self._listeners = {}
        self._numbers = itertools.count(1)

    def join(self, language):
        number = next(self._numbers)
        self._listeners[number] = listener = Listener(language)
        return number, listener

    def leave(self, number):
        self._listeners.pop(number, None)

    def publish(self, movement):
        for listener in self._listeners.values():
            listener.waiting.put_nowait(render(movement, listener.language))

    def __str__(self):
        return f"{len(self._listeners)} listeners"
