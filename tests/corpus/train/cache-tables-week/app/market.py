from collections import OrderedDict

import numpy as np
import pandas as pd

DAYS = 30
_days = OrderedDict()


def average(day, hour):
    table = prices(day)
    return float(table.loc[table["hour"] == hour, "price"].mean())


def prices(day):
    if day not in _days:
        _days[day] = read_day(day)
        while len(_days) > DAYS:
            _days.popitem(last=False)
    return _days[day]


def read_day(day):
    numbers = np.random.default_rng(day)
    hours = np.repeat(np.arange(24), 150)
    return pd.DataFrame(
        {"hour": hours, "price": numbers.normal(60, 20, 3_600), "volume": numbers.random(3_600)}
    )
