"""Exported from air_quality.ipynb: does the wind of yesterday explain the dust of today?"""

import numpy as np
import pandas as pd
import stations

GASES = stations.GASES
RESULTS = {}


# In [1]:
def cell_load():
    global df
    df = stations.load(stations=5, days=365)


# In [2]: gaps are short, so they are filled from before
def cell_clean():
    global df
    clean = df.groupby("station", sort=False)[GASES].ffill().fillna(0.0)
    clean.insert(0, "station", df["station"])
    df = clean


# In [3]: units, so that gases compare
def cell_scale():
    global df
    RESULTS["mean"] = df.groupby("station")["pm10"].mean()
    df = (df[GASES] - df[GASES].mean()) / df[GASES].std()


# In [4]: the same, some hours earlier, one after another
def cell_lags():
    table = {hours: df["pm10"].corr(df["no2"].shift(hours)) for hours in (3, 6, 12, 24)}
    RESULTS["lags"] = pd.Series(table)


# In [5]: how sure is the mean? 800 samples of the hours, drawn with replacement
def cell_sure():
    global df
    numbers = np.random.default_rng(3)
    dust = df["pm10"].to_numpy()
    drawn = numbers.integers(0, len(dust), (800, 5_000))
    RESULTS["range"] = np.quantile(dust[drawn].mean(axis=1), (0.05, 0.95))
    del df


# In [6]:
def cell_report():
    print(RESULTS["lags"].round(4).to_dict(), len(RESULTS["mean"]), RESULTS["range"].round(4))


if __name__ == "__main__":
    for cell in (cell_load, cell_clean, cell_scale, cell_lags, cell_sure, cell_report):
        cell()
