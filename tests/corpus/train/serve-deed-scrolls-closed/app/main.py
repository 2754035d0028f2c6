"""An evening of the land register's reading room: people search deeds and read a page or two."""

import json
import random
from http.client import HTTPConnection
from urllib.parse import quote

from deeds.desk import serving
from deeds.store import STREETS, filled


def evening(readers, seed=12):
    dice = random.Random(seed)
    pages = 0
    with filled(9_000) as store, serving(store) as address:
        for _ in range(readers):
            line = HTTPConnection(*address)
            path = f"/search?street={quote(dice.choice(STREETS))}"
            for _ in range(dice.choice((1, 1, 1, 2, 3))):
                line.request("GET", path)
                page = json.load(line.getresponse())
                pages += 1
                if "more" not in page:
                    break
                path = f"/more?scroll={page['more']}"
            line.close()
        return pages, store.open_scrolls()


if __name__ == "__main__":
    print(*evening(320))
