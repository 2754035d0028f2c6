"""Weekly report of the wind farm: a page for each turbine."""

import tempfile
from pathlib import Path

from farm import turbines
from pages import page


def report(count, days, directory):
    done = {}
    for turbine in turbines(count, days):
        path = page(turbine, directory)
        done[turbine.name] = (path.stat().st_size, turbine.load_factor)
    return done


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        done = report(24, 7, Path(directory))
    best = max(done, key=lambda name: done[name][1])
    print(len(done), best)
