from concurrent.futures import ProcessPoolExecutor

from distances import distances
from rounds import length_of, use_table


class Planner:
    def __init__(self):
        self._jobs = {}

    def start(self, branch, stops):
        """Begin with a branch; its rounds are asked for in the evening."""
        workers = ProcessPoolExecutor(max_workers=2, initializer=use_table, initargs=(distances(),))
        starts = [stops[n:] + stops[:n] for n in range(len(stops))]
        self._jobs[branch] = workers, [workers.submit(length_of, start) for start in starts]

    def rounds(self):
        return {branch: min(job.result() for job in jobs) for branch, (_, jobs) in self._jobs.items()}
