import aiohttp

_links = []


class Link:
    """The way to a supplier: a session and room for its answers."""

    def __init__(self, url):
        self.url = url
        self.answers = bytearray(90_000)
        self.session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=4))

    async def post(self, order):
        async with self.session.post(f"{self.url}/orders", json=order) as answer:
            return answer.status


async def pass_on(url, number):
    link = Link(url)
    _links.append(link)
    return await link.post({"order": number})
