"""What the surgeries ask of their visits: every combination of columns and conditions is a statement."""

from datetime import date
from itertools import combinations

from sqlalchemy import func, select

from practice.tables import visits

GROUPS = ("reason", "doctor", "code", "insurer")
CONDITIONS = {
    "long": visits.c.minutes > 30,
    "recent": visits.c.day >= date(2026, 7, 1),
    "dear": visits.c.fee.between(9_000, 90_000),
}


def questions():
    for number in (1, 2):
        for columns in combinations(GROUPS, number):
            for conditions in combinations(CONDITIONS.values(), number):
                keys = [visits.c[name] for name in columns]
                totals = (func.count(), func.sum(visits.c.fee), func.avg(visits.c.minutes))
                yield select(*keys, *totals).where(*conditions).group_by(*keys).order_by(*keys)
