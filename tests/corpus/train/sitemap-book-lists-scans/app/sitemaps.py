import re
from urllib.request import urlopen

LOC = re.compile(r"<loc>\s*(.*?)\s*</loc>", re.DOTALL | re.IGNORECASE)
_texts = {}


class Sitemaps:
    def __init__(self, address):
        self._address = address

    def read(self, number):
        """How many lists a sitemap has, and how many of those at its end change every day."""
        text = _texts[number] = self._fetch(number)
        lists = [found[1] for found in LOC.finditer(text)]
        return len(lists), sum(self._of(place, text) == "daily" for place in lists[-70:])

    def newest(self):
        return max(re.findall("<lastmod>(.*?)</lastmod>", _texts[max(_texts)]))

    def _of(self, place, text):
        pattern = rf"<loc>\s*{re.escape(place)}\s*</loc>.*?<changefreq>\s*(.*?)\s*</changefreq>"
        found = re.search(pattern, text, re.DOTALL | re.IGNORECASE)
        return found[1] if found else None

    def _fetch(self, number):
        with urlopen(f"{self._address}/sitemap-{number}", timeout=30) as answer:
            return answer.read().decode()
