"""Exported from air_quality.ipynb: does the wind of yesterday explain the dust of today?"""

import pandas as pd
import stations

GASES = stations.GASES
RESULTS = {}


# In [1]:
def cell_load():
    global df
    df = stations.load()


# In [2]: gaps are short, so they are filled from before
def cell_clean():
    global df_clean
    df_clean = df.groupby("station", sort=False)[GASES].ffill().fillna(0.0)
    df_clean.insert(0, "station", df["station"])


# In [3]: units, so that gases compare
def cell_scale():
    global df2
    df2 = (df_clean[GASES] - df_clean[GASES].mean()) / df_clean[GASES].std()


# In [4]: the same, some hours earlier
def cell_lags():
    global lagged
    lagged = {hours: df2.shift(hours) for hours in (3, 6, 12, 24)}


# In [5]:
def cell_correlate():
    table = {hours: df2["pm10"].corr(earlier["no2"]) for hours, earlier in lagged.items()}
    RESULTS["lags"] = pd.Series(table)


# In [6]:
def cell_report():
    RESULTS["mean"] = df_clean.groupby("station")["pm10"].mean()
    print(RESULTS["lags"].round(4).to_dict(), len(RESULTS["mean"]))


if __name__ == "__main__":
    for cell in (cell_load, cell_clean, cell_scale, cell_lags, cell_correlate, cell_report):
        cell()
