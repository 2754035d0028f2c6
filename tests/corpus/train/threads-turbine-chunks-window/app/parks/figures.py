import time
from collections import Counter

RATED = 3_400.0


def energy(piece):
    """Kilowatt hours by turbine; storms count apart. The first winds are for the rose."""
    made, winds = Counter(), []
    for line in piece.splitlines():
        turbine, minute, wind, power, _, yaw = line.split(";")
        if float(wind) > 22:
            made["storm"] += 1
        else:
            made[int(turbine)] += min(float(power), RATED) / 6
        if len(winds) < 500:
            winds.append((int(turbine), int(minute), float(wind), float(yaw)))
    time.sleep(0.05)  # the exchange is asked for the price of these hours
    return made, winds
