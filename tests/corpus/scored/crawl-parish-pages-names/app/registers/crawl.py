from collections import defaultdict

from .fetching import session
from .parsing import baptisms

families = defaultdict(list)


def crawl(address, parishes, years):
    for parish in range(parishes):
        for year in years:
            for baptism in baptisms(parish, session.page(f"{address}/{parish}/{year}").content):
                families[baptism.name].append(baptism)
        session.forget()
    return max(families, key=lambda name: len(families[name]))
