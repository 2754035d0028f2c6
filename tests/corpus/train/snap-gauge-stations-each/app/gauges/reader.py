import aiohttp


class Reader:
    """Reads the loggers at the gauges over the agency's own network."""

    def __init__(self, address):
        self._address = address
        self._sessions = []

    async def levels(self, gauge):
        """The levels of the last day, one each quarter of an hour."""
        async with self._session(gauge).get(f"/gauges/{gauge}/levels") as answer:
            answer.raise_for_status()
            return (await answer.json())["levels"]

    def _session(self, gauge):
        session = aiohttp.ClientSession(
            self._address,
            headers={"Accept": "application/json", "X-Gauge": gauge},
            timeout=aiohttp.ClientTimeout(total=20),
        )
        self._sessions.append(session)
        return session

    async def close(self):
        for session in self._sessions:
            await session.close()
