class Pipeline:
    """Steps that each make a new table of one, in the order in which they were declared."""

    def __init__(self):
        self._steps = []
        self.seen = {}

    def step(self, function):
        self._steps.append(function)
        return function

    def run(self, shift, frame):
        for step in self._steps:
            frame = step(frame)
            self.seen[shift, step.__name__] = frame.copy()
        return frame
