from typing import NamedTuple

import requests


class Call(NamedTuple):
    path: str
    status: int
    seconds: float


class Archive:
    """The archive's reading room on the web."""

    def __init__(self, address, timeout=20):
        self._address = address
        self._timeout = timeout
        self._session = requests.Session()
        self._session.headers["User-Agent"] = "parish-index/2.1 (county record society)"
        self._calls = []

    def page(self, book, number):
        """The entries on one page of a register."""
        path = f"/registers/{book}/pages/{number}"
        answer = self._session.get(self._address + path, timeout=self._timeout)
        answer.raise_for_status()
        self._calls.append(Call(path, answer.status_code, answer.elapsed.total_seconds()))
        return answer.json()["entries"]

    def slowest(self, number):
        """What the archive asked us to report: the pages that took longest."""
        late = sorted(self._calls, key=lambda call: call.seconds, reverse=True)
        return [f"{call.path} {call.status}" for call in late[:number]]
