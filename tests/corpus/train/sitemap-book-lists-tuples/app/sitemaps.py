import re
from urllib.request import urlopen

ENTRY = re.compile(
    r"<loc>\s*(.*?)\s*</loc>\s*<lastmod>\s*(.*?)\s*</lastmod>"
    r"\s*<changefreq>(.*?)</changefreq>\s*<priority>(.*?)</priority>",
    re.DOTALL | re.IGNORECASE,
)
_entries = {}


class Sitemaps:
    def __init__(self, address):
        self._address = address

    def read(self, number):
        """How many lists a sitemap has, and how many of them change every day."""
        entries = _entries[number] = self._entries(self._fetch(number))
        return len(entries), sum(often == "daily" for _, _, often, _ in entries)

    def newest(self):
        return max((entry[1], entry[0]) for entries in _entries.values() for entry in entries)

    def _entries(self, text):
        return ENTRY.findall(text)

    def _fetch(self, number):
        with urlopen(f"{self._address}/sitemap-{number}", timeout=30) as answer:
            return answer.read().decode()
