import httpx


async def fetch_all(url, rows):
    async with httpx.AsyncClient(timeout=10) as client:
        pages = []
        for row in range(rows):
            pages.append(await fetch(client, f"{url}/{row}"))  # noqa: PERF401
    return pages


async def fetch(client, url):
    answer = await client.get(url)
    return answer.text
