import json

from cachetools import TTLCache, cached

from weather.stations import nearest_station

#: Forecasts are made anew four times a day.
forecasts = TTLCache(maxsize=300, ttl=6 * 3600)


@cached(forecasts)
def answer(latitude, longitude):
    station = nearest_station(latitude, longitude)
    hours = [
        {"hour": hour, "degrees": station.degrees(hour), "rain": station.rain(hour)} for hour in range(240)
    ]
    return json.dumps({"at": [latitude, longitude], "station": station.name, "hours": hours})
