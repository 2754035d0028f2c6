import numpy as np
from history import History
from plate import SIDE, STEPS, advance, hot_plate

history = History(every=100)


def quench(seed=8):
    field = hot_plate(np.random.default_rng(seed))
    other = np.empty_like(field)
    for step in range(STEPS):
        for _ in range(8):
            advance(field, other)
            field, other = other, field
        history.note(step, field)
    return field


if __name__ == "__main__":
    coldest = quench()
    for step, degrees in history.curve(SIDE // 2, 12)[::8]:
        print(f"{step:>6} {degrees:8.1f}")
    print(f"{coldest.mean():.2f}")
