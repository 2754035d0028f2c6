import statistics

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402,F401


def advice(rain):
    fell = statistics.fmean(millimetres for _, millimetres in rain[-7:])
    seasons = [rain[start : start + 90] for start in range(0, len(rain), 90)]
    wettest = max(seasons, key=lambda season: sum(millimetres for _, millimetres in season))
    return ("water" if fell < 4 else "wait"), len(wettest)
