import requests


class PoliteSession(requests.Session):
    """Does not ask the archive twice for the same page while a parish is read."""

    def __init__(self):
        super().__init__()
        self.headers["User-Agent"] = "registers (genealogical society)"
        self._answers = {}

    def page(self, address):
        if address not in self._answers:
            self._answers[address] = self.get(address, timeout=20)
        return self._answers[address]

    def forget(self):
        self._answers.clear()


session = PoliteSession()
