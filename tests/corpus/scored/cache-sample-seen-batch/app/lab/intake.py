class Intake:
    def __init__(self, ranges, results):
        self.ranges = ranges
        self.results = results
        self.taken = self.repeated = 0
        self._seen = set()

    def take(self, batch):
        self._seen.clear()
        for message in batch:
            identifier = self._identifier(message)
            if identifier in self._seen:
                self.repeated += 1
                continue
            self._seen.add(identifier)
            self._judge(message)

    def _identifier(self, message):
        analyser, sample, test, value = message
        return f"urn:lab:analyser:{analyser:04d}:sample:{sample:010d}:test:{test:06d}:value:{value:.3f}"

    def _judge(self, message):
        _, sample, test, value = message
        low, high, _ = self.ranges[test % len(self.ranges)]
        self.results.write(sample, test, value, low <= value <= high)
        self.taken += 1
