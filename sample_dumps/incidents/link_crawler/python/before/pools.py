"""Worker threads that are scaled up for each job and never told to go."""

import queue
import threading

JOBS = 30
WORKERS_PER_JOB = 20

pools = []


class WorkerPool:
    def __init__(self, workers):
        self.tasks = queue.Queue()
        self.threads = [threading.Thread(target=self.work, daemon=True) for _ in range(workers)]
        for thread in self.threads:
            thread.start()

    def work(self):
        while True:
            page, done = self.tasks.get()
            done.append(len(page))
            self.tasks.task_done()

    def crawl(self, pages):
        done = []
        for page in pages:
            self.tasks.put((page, done))
        self.tasks.join()
        return done


def run_jobs():
    for job in range(JOBS):
        pool = WorkerPool(WORKERS_PER_JOB)
        pools.append(pool)
        pool.crawl([f"/job/{job}/page/{number}" for number in range(100)])
    print(threading.active_count(), "threads")
