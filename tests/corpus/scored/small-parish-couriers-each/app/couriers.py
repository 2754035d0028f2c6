import ssl
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

import certifi


class Courier:
    """Brings notices to one deanery, whose office may ask for an encrypted line."""

    def __init__(self, deanery, address):
        self.deanery = deanery
        self.brought = 0
        self._address = address
        context = ssl.create_default_context(cafile=certifi.where())
        self._opener = build_opener(ProxyHandler({}), HTTPSHandler(context=context))

    def bring(self, parish, text):
        notice = Request(f"{self._address}/{self.deanery}/{parish}", text.encode(), method="POST")
        with self._opener.open(notice, timeout=10):
            self.brought += 1


class House:
    """The couriers of the house, one for each deanery that has had a notice."""

    def __init__(self, address):
        self._address = address
        self.couriers = {}

    def courier(self, deanery):
        try:
            return self.couriers[deanery]
        except KeyError:
            courier = self.couriers[deanery] = Courier(deanery, self._address)
            return courier
