"""Weekly report of the wind farm: a page for each turbine, each compared with the others."""

import tempfile
from pathlib import Path

from farm import turbines
from pages import page


def report(farm, directory):
    done = {}
    for turbine in farm:
        path = page(turbine, farm, directory)
        done[turbine.name] = (path.stat().st_size, turbine.load_factor)
    return done


if __name__ == "__main__":
    farm = list(turbines(24, 730))
    with tempfile.TemporaryDirectory() as directory:
        done = report(farm, Path(directory))
    best = max(done, key=lambda name: done[name][1])
    print(len(done), best)
