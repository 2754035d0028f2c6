import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3.util.ssl_ import create_urllib3_context


class TrustedAdapter(HTTPAdapter):
    """Trusts the authorities that come with the program and not those of the machine."""

    def init_poolmanager(self, *args, **options):
        context = create_urllib3_context()
        context.load_verify_locations(certifi.where())
        super().init_poolmanager(*args, ssl_context=context, **options)


class Exchange:
    def __init__(self, url):
        self._url = url
        self._session = requests.Session()
        self._session.mount("http://", TrustedAdapter(pool_maxsize=1))
        self._session.headers["User-Agent"] = "mill/2.3"

    def quote(self, lot):
        answer = self._session.get(f"{self._url}/quotes/{lot.grade}", params={"tons": lot.tons}, timeout=10)
        answer.raise_for_status()
        return answer.json()["price"] * lot.tons

    def close(self):
        self._session.close()
