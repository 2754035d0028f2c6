import asyncio
import itertools
from collections import deque
from dataclasses import dataclass, field

from harbour.radar import sweep
from harbour.wording import render


@dataclass
class Listener:
    language: str
    waiting: asyncio.Queue = field(default_factory=asyncio.Queue)


class Hub:
    """Gives every movement to everybody who listens, and the last hour of the radar to who comes late."""

    def __init__(self, sweeps=180):
        self._listeners = {}
        self._numbers = itertools.count(1)
        self._radar = deque(maxlen=sweeps)

    def join(self, language):
        number = next(self._numbers)
        self._listeners[number] = listener = Listener(language)
        return number, listener

    def leave(self, number):
        self._listeners.pop(number, None)

    def publish(self, movement):
        self._radar.append(sweep(movement))
        for listener in self._listeners.values():
            listener.waiting.put_nowait(render(movement, listener.language))

    def __str__(self):
        return f"{len(self._listeners)} listeners, {len(self._radar)} sweeps of the radar"
