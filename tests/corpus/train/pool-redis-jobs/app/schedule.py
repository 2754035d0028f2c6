from collections import Counter

from locks import Lock


class Schedule:
    def __init__(self):
        self._planned = []
        self._minutes = Counter()

    def add(self, job):
        self._planned.append((job, Lock(job.machine, job.number)))
        self._minutes[job.machine] += job.minutes

    def busiest(self):
        return self._minutes.most_common(1)

    def __len__(self):
        return len(self._planned)
