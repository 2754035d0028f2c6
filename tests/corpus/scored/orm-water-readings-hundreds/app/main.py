"""Takes the spectra of a night from the waterworks' instruments into the laboratory's database."""

import tempfile

from laboratory.instruments import night
from laboratory.intake import import_readings
from laboratory.tables import open_database


def run(number):
    with tempfile.TemporaryDirectory() as directory:
        engine = open_database(f"sqlite:///{directory}/water.db")
        taken = import_readings(engine, night(number))
        engine.dispose()
    return taken


if __name__ == "__main__":
    print(run(5_000))
