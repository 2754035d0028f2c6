class Part:
    """What one instrument plays of a work, as given out once: two of them are never the same."""

    __slots__ = ("__weakref__", "bars", "instrument", "work")

    def __init__(self, work, instrument, bars):
        self.work = work
        self.instrument = instrument
        self.bars = bars
