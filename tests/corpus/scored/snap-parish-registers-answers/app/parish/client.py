import requests


class Archive:
    """The archive's reading room on the web."""

    def __init__(self, address, timeout=20):
        self._address = address
        self._timeout = timeout
        self._session = requests.Session()
        self._session.headers["User-Agent"] = "parish-index/2.1 (county record society)"
        self._answers = []

    def page(self, book, number):
        """The entries on one page of a register."""
        answer = self._session.get(f"{self._address}/registers/{book}/pages/{number}", timeout=self._timeout)
        answer.raise_for_status()
        self._answers.append(answer)
        return answer.json()["entries"]

    def slowest(self, number):
        """What the archive asked us to report: the pages that took longest."""
        late = sorted(self._answers, key=lambda answer: answer.elapsed, reverse=True)
        return [f"{answer.url.removeprefix(self._address)} {answer.status_code}" for answer in late[:number]]
