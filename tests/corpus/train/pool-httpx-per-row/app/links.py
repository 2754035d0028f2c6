import asyncio

import httpx


async def check_all(url, rows):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(check_row(f"{url}/{row}")) for row in range(rows)]
    return sum(task.result() for task in tasks)


async def check_row(url):
    async with httpx.AsyncClient(timeout=10) as client:
        answer = await client.get(url)
    return answer.status_code == 200
