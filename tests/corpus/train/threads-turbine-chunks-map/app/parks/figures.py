import time
from collections import Counter

RATED = 3_400.0


def energy(piece):
    """Kilowatt hours by turbine; storms count apart."""
    made = Counter()
    for line in piece.splitlines():
        turbine, _, wind, power, _, _ = line.split(";")
        if float(wind) > 22:
            made["storm"] += 1
        else:
            made[int(turbine)] += min(float(power), RATED) / 6
    time.sleep(0.05)  # the exchange is asked for the price of these hours
    return made
