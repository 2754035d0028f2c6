"""Target temperatures, minute by minute."""

from functools import partial


def ramp(top, rate, hold):
    degrees = 20
    while degrees < top:
        yield degrees
        degrees += rate
    yield from (top for _ in range(hold))


biscuit = partial(ramp, top=980, rate=3, hold=600)
glaze = partial(ramp, top=1_240, rate=4, hold=900)
lustre = partial(ramp, top=760, rate=2, hold=500)
