import random
from array import array

PORTS, AGES = 900, 60


def read_losses(seed=9):
    """What was paid for ships of each age at each port of departure, month by month for thirty years."""
    dice = random.Random(seed)
    months = array("f", (dice.expovariate(0.01) for _ in range(360)))
    return [array("f", months[port % 360 :] + months[: port % 360]) * (AGES // 4) for port in range(PORTS)]


def premium(ship, losses):
    """Thousandths of the tonnage, more for an old ship and for ports with many losses."""
    age = 2026 - ship["built"]
    lost = sum(losses[int(voyage["from"][5:])][age * 12] for voyage in ship["voyages"])
    return round(ship["tons"] * (1 + age / 40) * (1 + lost / 500) / 9, 2)
