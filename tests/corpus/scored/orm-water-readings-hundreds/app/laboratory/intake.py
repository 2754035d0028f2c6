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
                session.flush()
            session.add(to_reading(stations[name].number, hour, spectrum))
            taken += 1
            if taken % 100 == 0:
                session.commit()
        session.commit()
    return taken


def to_reading(station_number, hour, spectrum):
    return Reading(station_number=station_number, hour=hour, turbidity=turbidity(spectrum), spectrum=spectrum)
