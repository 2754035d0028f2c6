import random
import time
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reach:
    """A stretch of a river between two gauges."""

    name: str
    kilometres: float
    slope: float
    sections: int = field(default=220)


def reaches(count, seed=17):
    chosen = random.Random(seed)
    for number in range(count):
        time.sleep(0.03)  # the survey office answers one question at a time
        yield Reach(f"reach {number:03}", chosen.uniform(2, 14), chosen.uniform(0.2, 3.0))
