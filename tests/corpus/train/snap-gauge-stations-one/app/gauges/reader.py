import aiohttp


class Reader:
    """Reads the loggers at the gauges over the agency's own network."""

    def __init__(self, address):
        self._address = address
        self._session = None

    async def levels(self, gauge):
        """The levels of the last day, one each quarter of an hour."""
        session = self._opened()
        async with session.get(f"/gauges/{gauge}/levels", headers={"X-Gauge": gauge}) as answer:
            answer.raise_for_status()
            return (await answer.json())["levels"]

    def _opened(self):
        if self._session is None:
            self._session = aiohttp.ClientSession(
                self._address,
                headers={"Accept": "application/json"},
                timeout=aiohttp.ClientTimeout(total=20),
            )
        return self._session

    async def close(self):
        await self._opened().close()
