import pandas as pd

PLACE = ["day", "district"]


def with_weather(hires: pd.DataFrame, weather: pd.DataFrame) -> pd.DataFrame:
    return hires.merge(weather, on=PLACE, how="left")


def by_warmth(hires: pd.DataFrame, weather: pd.DataFrame) -> pd.DataFrame:
    """Minutes and fares by degrees, five at a time, dry or not."""
    joined = with_weather(hires, weather)
    warmth = joined["degrees"] // 5 * 5
    grouped = joined.groupby([warmth, joined["rain"] > 0.2])
    return grouped[["minutes", "fare"]].mean()
