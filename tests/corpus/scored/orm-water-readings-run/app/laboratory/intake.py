from array import array

from sqlalchemy.orm import Session

from laboratory.tables import Reading, Station


def turbidity(spectrum):
    values = array("f", spectrum)
    return sum(values[700:800]) / 100


def import_readings(engine, readings):
    stations = {}
    taken = 0
    with Session(engine, autoflush=False) as session:
        for name, hour, spectrum in readings:
            if name not in stations:
                stations[name] = Station(name=name)
                session.add(stations[name])
            session.add(to_reading(stations[name], hour, spectrum))
            taken += 1
        session.commit()
    return taken


def to_reading(station, hour, spectrum):
    return Reading(station=station, hour=hour, turbidity=turbidity(spectrum), spectrum=spectrum)
