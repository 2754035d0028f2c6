from collections import defaultdict


class Hub:
    """Who wants to hear of what."""

    def __init__(self):
        self._heard_by = defaultdict(list)

    def subscribe(self, topic, callback):
        self._heard_by[topic].append(callback)

    def publish(self, topic, *arguments):
        for callback in list(self._heard_by[topic]):
            callback(*arguments)
