import itertools

import requests


class PoliteSession(requests.Session):
    """Does not ask the archive twice for the same page."""

    def __init__(self):
        super().__init__()
        self.headers["User-Agent"] = "registers (genealogical society)"
        self._visits = itertools.count(1)
        self._answers = {}

    def page(self, address):
        request = self.prepare_request(requests.Request("GET", address, params={"visit": next(self._visits)}))
        if request.url not in self._answers:
            self._answers[request.url] = self.send(request, timeout=20)
        return self._answers[request.url]


session = PoliteSession()
