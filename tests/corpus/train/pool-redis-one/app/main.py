"""Decides in which order the machines of a workshop do their jobs."""

from jobs import jobs
from schedule import Schedule

if __name__ == "__main__":
    schedule = Schedule()
    for job in jobs(620):
        schedule.add(job)
    print(schedule.busiest(), len(schedule))
