from collections import Counter

from .fetching import session
from .parsing import surnames


def crawl(address, parishes, years):
    counts = Counter()
    for parish in range(parishes):
        for year in years:
            counts.update(surnames(session.page(f"{address}/{parish}/{year}").content))
    return counts
