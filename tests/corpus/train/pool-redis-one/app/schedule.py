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
        lines = [self.chart_line(machine) for machine in self._minutes]
        return self._minutes.most_common(1), len("\n".join(lines * 40))

    def chart_line(self, machine):
        return "".join("#" * job.minutes for job, _ in self._planned if job.machine == machine) * 14

    def __len__(self):
        return len(self._planned)
