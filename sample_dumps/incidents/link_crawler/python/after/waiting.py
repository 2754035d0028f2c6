"""Tasks that give up an answer that does not come in time."""

import asyncio

JOBS = 50
TASKS_PER_JOB = 40
PAGE_BYTES = 8 << 10

ANSWER_SECONDS = 0.01

loop = asyncio.new_event_loop()


async def crawl_page(number, answered):
    page = bytearray(PAGE_BYTES)
    page[:4] = number.to_bytes(4, "big")
    try:
        await asyncio.wait_for(answered.wait(), ANSWER_SECONDS)
    except TimeoutError:
        return b""
    return bytes(page)


async def run_job(job):
    answered = asyncio.Event()
    numbers = range(job * TASKS_PER_JOB, (job + 1) * TASKS_PER_JOB)
    await asyncio.gather(*(crawl_page(number, answered) for number in numbers))


def run_jobs():
    for job in range(JOBS):
        loop.run_until_complete(run_job(job))
    print(len(asyncio.all_tasks(loop)), "tasks wait")
