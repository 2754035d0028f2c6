import httpx


async def fetch_all(url, rows):
    async with httpx.AsyncClient(timeout=10) as client:
        return [await fetch(client, f"{url}/{row}") for row in range(rows)]


async def fetch(client, url):
    answer = await client.get(url)
    return answer.text
