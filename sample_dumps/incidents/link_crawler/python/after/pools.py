"""Worker threads that are scaled up for each job and told to go at its end."""

import queue
import threading

JOBS = 30
WORKERS_PER_JOB = 20


class WorkerPool:
    def __init__(self, workers):
        self.tasks = queue.Queue()
        self.threads = [threading.Thread(target=self.work, daemon=True) for _ in range(workers)]
        for thread in self.threads:
            thread.start()

    def work(self):
        while True:
            task = self.tasks.get()
            if task is None:
                return
            page, done = task
            done.append(len(page))
            self.tasks.task_done()

    def crawl(self, pages):
        done = []
        for page in pages:
            self.tasks.put((page, done))
        self.tasks.join()
        return done

    def stop(self):
        for _ in self.threads:
            self.tasks.put(None)
        for thread in self.threads:
            thread.join()


def run_jobs():
    for job in range(JOBS):
        pool = WorkerPool(WORKERS_PER_JOB)
        pool.crawl([f"/job/{job}/page/{number}" for number in range(100)])
        pool.stop()
    print(threading.active_count(), "threads")
