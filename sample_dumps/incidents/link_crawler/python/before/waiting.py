"""Tasks that wait for an answer that never comes, each with the page that it works on."""

import asyncio

JOBS = 50
TASKS_PER_JOB = 40
PAGE_BYTES = 8 << 10

tasks = []
loop = asyncio.new_event_loop()


async def crawl_page(number, answered):
    page = bytearray(PAGE_BYTES)
    page[:4] = number.to_bytes(4, "big")
    await answered.wait()
    return bytes(page)


async def run_job(job):
    answered = asyncio.Event()
    for number in range(TASKS_PER_JOB):
        tasks.append(loop.create_task(crawl_page(job * TASKS_PER_JOB + number, answered)))
    await asyncio.sleep(0)


def run_jobs():
    for job in range(JOBS):
        loop.run_until_complete(run_job(job))
    print(sum(not task.done() for task in tasks), "tasks wait")
