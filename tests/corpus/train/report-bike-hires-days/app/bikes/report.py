import pandas as pd

PLACE = ["day", "district"]


class Archive:
    """Ten years of weather by the hour, from which a day and what is usual for it are taken."""

    def __init__(self, weather: pd.DataFrame) -> None:
        self._hours = weather

    def day(self, days: range) -> pd.DataFrame:
        within = self._hours[self._hours["day"].isin(days)]
        return within.groupby(PLACE, as_index=False)[["degrees", "rain"]].mean()

    def usual(self, day: int) -> float:
        same = self._hours["day"] % 365 == day
        return float(self._hours.loc[same, "degrees"].mean())


def with_weather(hires: pd.DataFrame, archive: Archive, days: range) -> pd.DataFrame:
    return hires.merge(archive.day(days), on=PLACE, how="left", validate="many_to_one")


def by_warmth(hires: pd.DataFrame, archive: Archive, days: range) -> pd.DataFrame:
    """Minutes and fares by degrees, five at a time, dry or not."""
    joined = with_weather(hires, archive, days)
    warmth = joined["degrees"] // 5 * 5
    grouped = joined.groupby([warmth, joined["rain"] > 0.3])
    return grouped[["minutes", "fare"]].mean()
