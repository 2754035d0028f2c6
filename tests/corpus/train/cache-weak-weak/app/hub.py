import weakref
from collections import defaultdict


class Hub:
    """Who wants to hear of what."""

    def __init__(self):
        self._heard_by = defaultdict(weakref.WeakSet)
        self._named = weakref.WeakValueDictionary()

    def subscribe(self, topic, callback):
        self._heard_by[topic].add(callback.__self__)
        self._named[callback.__self__.title] = callback.__self__

    def publish(self, topic, *arguments):
        for listener in list(self._heard_by[topic]):
            getattr(listener, f"on_{topic}")(*arguments)
